/// @file
/// applivery-mock-server with the library, applivery-builds and plain HTTP.
#include "mock_server/child_process.hpp"
#include "mock_server/fault_matrix.hpp"
#include "mock_server/temporary_directory.hpp"
#include "program/running_mock_server.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace applivery::test {
namespace {

std::vector<std::string> idsOf(const BuildsClient& client) {
    std::vector<std::string> ids;
    for (const Result<Build>& build : client.builds()) ids.push_back(build.value().id);
    return ids;
}

TEST(MockServerProgram, ServesBothApis) {
    const Running server;
    EXPECT_EQ(server.baseUrl.rfind("http://127.0.0.1:", 0), 0U) << server.baseUrl;
    EXPECT_EQ(idsOf(server.client()).size(), 12U);
    const Workspace workspace(ServiceAccountToken{sample::serviceAccountToken}, "cartography", server.options());
    EXPECT_EQ(idsOf(workspace.app("meridian")), idsOf(server.client()));
}

TEST(MockServerProgram, ServesAppliveryBuilds) {
    const Running server;
    const Outcome outcome =
        shell("APPLIVERY_APP_TOKEN=" + std::string(sample::appToken) + " APPLIVERY_BASE_URL=" + server.baseUrl + ' ' +
              program + " list -o csv --fields versionName,status");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("v2.4.1,processed"), std::string::npos) << outcome.text;
}

TEST(MockServerProgram, RefusesAsTheServiceDoes) {
    const Running server({"--token", "mine"});
    EXPECT_TRUE(server.client("mine").listBuilds());
    EXPECT_EQ(server.client().listBuilds().error().apiCode(), api_code::invalidToken);
    auto plain = server.plain();
    const auto answer = plain.Get(sample::integrationsPath);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 401);
    EXPECT_EQ(answer->body, errorToJson(api_code::noAuthToken, "No auth token"));
}

TEST(MockServerProgram, ServesTlsWithItsOwnAuthority) {
    Running server({"--tls"});
    const std::string ca = server.readLine();
    EXPECT_EQ(server.baseUrl.rfind("https://", 0), 0U);
    ClientOptions options = server.options();
    EXPECT_EQ(BuildsClient(AppToken{sample::appToken}, options).listBuilds().error().kind(), ErrorKind::tls);
    options.caBundle = ca;
    EXPECT_TRUE(BuildsClient(AppToken{sample::appToken}, options).listBuilds());
    EXPECT_EQ(server.stop(), 0);
    EXPECT_FALSE(std::filesystem::exists(ca)) << "the generated certificate is removed";
}

TEST(MockServerProgram, ServesTheBuildsOfAFile) {
    const mock::TemporaryDirectory directory;
    const std::string path = (directory.path() / "builds.ndjson").string();
    Build build;
    build.id = "b1";
    build.changelog = "line\nline";
    std::ofstream(path) << toJson(build) << "\n\n{\"id\":\"b2\",\"status\":\"processed\"}\n";
    const Running server({"--builds", path});
    EXPECT_EQ(idsOf(server.client()), (std::vector<std::string>{"b1", "b2"}));
    EXPECT_EQ(server.client().listBuilds()->items.at(0), build);
}

TEST(MockServerProgram, NamesTheInvalidLineOfAFile) {
    const mock::TemporaryDirectory directory;
    const std::string path = (directory.path() / "builds.ndjson").string();
    std::ofstream(path) << "{\"id\":\"b1\"}\n[]\n";
    const Outcome outcome = runInShell(mockServer + " --builds " + path);
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.text.find("builds.ndjson, line 2: a build must be a JSON object."), std::string::npos)
        << outcome.text;
}

TEST(MockServerProgram, GeneratesBuildsByASeed) {
    const Running first({"--generate", "250", "--seed", "7"});
    EXPECT_EQ(idsOf(first.client()).size(), 250U);
    const auto changelogs = [](const Running& server) {
        std::string texts;
        for (const auto& build : server.client().builds()) texts += build.value().changelog.value_or("");
        return texts;
    };
    EXPECT_EQ(changelogs(first), changelogs(Running({"--generate", "250", "--seed", "7"})));
    EXPECT_NE(changelogs(first), changelogs(Running({"--generate", "250", "--seed", "8"})));
}

TEST(MockServerProgram, ServesTheSameBytesForASeedAndATime) {
    const auto bytes = [](const char* now) {
        const Running server({"--generate", "250", "--seed", "7", "--now", now});
        const auto answer = server.plain().Get(std::string(sample::integrationsPath) + "?limit=250",
                                               {{"Authorization", std::string("Bearer ") + sample::appToken}});
        return answer ? answer->body : std::string();
    };
    const std::string first = bytes("2026-11-30T12:00:00Z");
    EXPECT_NE(first.find(R"("createdAt":"2026-11-30T12:00:00.000Z")"), std::string::npos) << first.substr(0, 2000);
    EXPECT_EQ(bytes("2026-11-30T12:00:00Z"), first);
    EXPECT_NE(bytes("2026-11-30T12:00:00.001Z"), first);
}

TEST(MockServerProgram, ServesOldHttp) {
    const Running server;
    const std::string port = server.baseUrl.substr(server.baseUrl.rfind(':') + 1);
    const Outcome outcome = runInShell("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + port +
                                       R"(; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3')");
    EXPECT_NE(outcome.text.find("\r\nConnection: close\r\n"), std::string::npos) << outcome.text;
}

TEST(MockServerProgram, RespondsAfterALatency) {
    const Running server({"--latency", "200ms"});
    const auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(server.client().listBuilds());
    EXPECT_GE(std::chrono::steady_clock::now() - before, 200ms);
}

// Connects and closes the connection, as a port check does.
int connectAndClose(const Running& server) {
    const std::string port = server.baseUrl.substr(server.baseUrl.rfind(':') + 1);
    return runInShell("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + port + "'").code;
}

TEST(MockServerProgram, InjectsAFault) {
    const Running server({"--fault", "503"});
    const auto page = server.client().listBuilds();
    EXPECT_EQ(page.error().httpStatus(), 503);
    EXPECT_EQ(page.error().attempts(), 4);
}

TEST(MockServerProgram, InjectsALimitedNumberOfFaults) {
    for (const char* fault : {"503", "reset-after-the-request", "closed-at-once", "200-with-html"}) {
        const Running server({"--fault", fault, "--fault-count", "2", "--latency", "1ms"});
        EXPECT_EQ(idsOf(server.client()).size(), 12U) << fault;
    }
}

TEST(MockServerProgram, InjectsNoFaultIntoAnUpload) {
    for (const char* fault : {"503", "reset-after-the-request", "an-idle-connection-that-the-server-has-closed"}) {
        const Running server({"--fault", fault, "--fault-count", "1"});
        EXPECT_FALSE(upload(server, "id=up1").empty()) << fault;
        EXPECT_FALSE(upload(server, "id=up2").empty()) << fault;
    }
    const Running always({"--fault", "503"});
    EXPECT_FALSE(upload(always, "id=up1").empty());
}

TEST(MockServerProgram, CountsAFaultOnlyForARequest) {
    const Running server({"--fault", "503", "--fault-count", "1"});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(connectAndClose(server), 0);
    EXPECT_FALSE(upload(server, "id=up1").empty());
    auto plain = server.plain();
    EXPECT_EQ(plain.Get(sample::integrationsPath)->status, 503);
    EXPECT_EQ(plain.Get(sample::integrationsPath)->status, 401);
}

TEST(MockServerProgram, InjectsATlsFault) {
    const Running server({"--fault", "a-server-without-tls"});
    EXPECT_EQ(server.client().listBuilds().error().kind(), ErrorKind::tls);
}

// Returns the rest of the first line of the guide that begins with this text.
std::string guideLine(const std::string& beginning) {
    std::ifstream file(APPLIVERY_GUIDE "/testing.md");
    std::string line;
    while (std::getline(file, line)) {
        if (line.rfind(beginning, 0) == 0) return line.substr(beginning.size());
    }
    return {};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t found = text.find(from);
    if (found == std::string::npos) throw std::invalid_argument("no " + from + " in " + text);
    return text.replace(found, from.size(), to);
}

TEST(MockServerProgram, ServesCurlAsTheGuideShows) {
    std::istringstream words(replaced(guideLine("$ applivery-mock-server "), "--port 8080", "--port 0"));
    std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
    ASSERT_EQ(arguments.back(), "&");
    arguments.pop_back();
    const Running server(arguments);
    const Outcome uploaded =
        runInShell("curl -sS " + replaced(guideLine("$ curl "), "http://127.0.0.1:8080", server.baseUrl));
    EXPECT_EQ(uploaded.code, 0) << uploaded.text;
    EXPECT_NE(uploaded.text.find(R"("status":"pending")"), std::string::npos) << uploaded.text;
    auto plain = server.plain();
    for (const int status : {503, 503, 401}) EXPECT_EQ(plain.Get(sample::integrationsPath)->status, status);
    EXPECT_EQ(server.client().listBuilds()->items.at(0).versionName, "2.5.0");
}

TEST(MockServerProgram, NamesEveryServerFaultInItsHelp) {
    const Outcome outcome = runInShell(mockServer + " --help");
    EXPECT_EQ(outcome.code, 0);
    for (const mock::Fault& fault : mock::faultMatrix()) {
        const bool isProxyFault = occursAtProxy(fault);
        EXPECT_EQ(outcome.text.find("\n  " + slugOf(fault) + ' ') == std::string::npos, isProxyFault) << fault.name;
    }
    EXPECT_NE(outcome.text.find("What is a guess:"), std::string::npos);
}

TEST(MockServerProgram, FollowsGivenRules) {
    const Running server({"--rules", "bare,default-limit=5"});
    const auto page = server.client().listBuilds();
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.size(), 5U);
    EXPECT_FALSE(page->hasNextPage.has_value());
}

TEST(MockServerProgram, NamesAllRulesForAnUnknownRule) {
    const Outcome outcome = runInShell(mockServer + " --rules bar");
    EXPECT_EQ(outcome.code, 2);
    EXPECT_NE(outcome.text.find("there is no rule \"bar\""), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("max-limit=COUNT|none"), std::string::npos) << outcome.text;
}

TEST(MockServerProgram, RefusesInvalidOptions) {
    for (const char* arguments :
         {"--fault five", "--fault-count 3", "--fault-path /v1", "--fault 503 --fault-path v1",
          "--fault a-server-without-tls --fault-path /v1", "--latency 5", "--port 70000", "--seed 1", "--now yesterday",
          "--now 2026-02-30T00:00:00Z", "--now 2026-11-30T12:00:00Zulu", "--builds /no/such/file", "--generate -1",
          "extra"}) {
        const Outcome outcome = runInShell(mockServer + ' ' + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments << ": " << outcome.text;
        EXPECT_NE(outcome.text.find("See applivery-mock-server --help."), std::string::npos) << outcome.text;
    }
}

TEST(MockServerProgram, FailsIfThePortIsInUse) {
    const Running server;
    const std::string port = server.baseUrl.substr(server.baseUrl.rfind(':') + 1);
    for (const char* more : {"", " --fault 503"}) {
        const Outcome outcome = runInShell(mockServer + " --port " + port + more);
        EXPECT_EQ(outcome.code, 1) << outcome.text;
        EXPECT_NE(outcome.text.find("cannot listen on 127.0.0.1:" + port +
                                    ": Address already in use. Choose another --port, or --port 0 for a free one."),
                  std::string::npos)
            << outcome.text;
    }
}

TEST(MockServerProgram, ReusesAPort) {
    std::string port;
    {
        Running server;
        EXPECT_TRUE(server.client().listBuilds());
        port = server.baseUrl.substr(server.baseUrl.rfind(':') + 1);
        EXPECT_EQ(server.stop(), 0);
    }
    const Running again({"--port", port});
    EXPECT_EQ(again.baseUrl, "http://127.0.0.1:" + port);
}

TEST(MockServerProgram, EndsWithItsInputOnRequest) {
    EXPECT_EQ(runInShell("printf hello | " + mockServer + " --until-stdin-closes").code, 0);
}

TEST(MockServerProgram, ContinuesAfterAHangUpUnderNohup) {
    mock::ChildProcess process({"/usr/bin/nohup", mockServer});
    const std::string baseUrl = process.readLine();
    process.signal(SIGHUP);
    EXPECT_TRUE(httplib::Client(baseUrl).Get("/")) << "the server still responds";
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait().code, 0);
}

// Returns the output of --verbose for a list of builds.
std::string verboseOutput(const std::string& arguments) {
    const mock::TemporaryDirectory directory;
    const std::string file = (directory.path() / "said").string();
    mock::ChildProcess process(
        {"/bin/sh", "-c", "exec " + mockServer + " --verbose " + arguments + " --token secret-0123 2> " + file});
    const std::string baseUrl = process.readLine();
    EXPECT_EQ(
        shell("APPLIVERY_APP_TOKEN=secret-0123 APPLIVERY_BASE_URL=" + baseUrl + ' ' + program + " latest -o csv").code,
        0);
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait().code, 0);
    return shell("cat " + file).text;
}

TEST(MockServerProgram, LogsEachRequestWithoutItsToken) {
    const std::string output = verboseOutput("");
    EXPECT_NE(output.find("GET /v1/integrations/builds?page=1&limit="), std::string::npos) << output;
    EXPECT_EQ(output.find("Bearer"), std::string::npos) << output;
}

TEST(MockServerProgram, LogsTheRequestsWithAFault) {
    const std::string output = verboseOutput("--fault 503 --fault-count 1");
    const std::size_t first = output.find("GET /v1/integrations/builds?page=1&limit=");
    ASSERT_NE(first, std::string::npos) << output;
    EXPECT_EQ(output.find(" fault\n", first), output.find('\n', first) - 6) << output;
    EXPECT_NE(output.find(" 200\n", first), std::string::npos) << output;
}

}  // namespace
}  // namespace applivery::test
