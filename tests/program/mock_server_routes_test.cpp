/// @file
/// The routes of applivery-mock-server that the service does not have, and faults at run time.
#include "program/running_mock_server.hpp"
#include "support/scale.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace applivery::test {
namespace {

using nlohmann::json;

httplib::Headers withAppToken() {
    return {{"Authorization", std::string("Bearer ") + sample::appToken}};
}

int statusOf(const Running& server, const std::string& target) {
    const auto answer = server.plain().Get(target, withAppToken());
    return answer ? answer->status : 0;
}

int post(const Running& server, const std::string& target) {
    const auto answer = server.plain().Post(target);
    return answer ? answer->status : 0;
}

json dataOf(const Running& server, const std::string& target) {
    const auto answer = server.plain().Get(target);
    return answer ? json::parse(answer->body).at("data") : json();
}

// Returns the message of the error of a request.
std::string refusal(const Running& server, const std::string& target) {
    const auto answer = server.plain().Post(target);
    return answer && answer->status == 400 ? json::parse(answer->body).at("error").at("message") : json("none");
}

TEST(MockServerRoutes, ListTheRequestsWithoutTheirTokens) {
    const Running server({"--fault", "503", "--fault-count", "1"});
    EXPECT_EQ(statusOf(server, "/v1/integrations/builds?limit=1"), 503);
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 200);
    (void)server.plain().Get("/v1/nothing");
    json requests = dataOf(server, "/mock/requests");
    EXPECT_EQ(requests.at("total"), 3);
    for (json& request : requests.at("requests")) request.erase("receivedAt");
    EXPECT_EQ(requests.at("requests"), json::parse(R"([
        {"number":1,"method":"GET","target":"/v1/integrations/builds?limit=1","hasToken":true,"fault":"503"},
        {"number":2,"method":"GET","target":"/v1/integrations/builds","hasToken":true,"status":200},
        {"number":3,"method":"GET","target":"/v1/nothing","hasToken":false,"status":404}])"));
}

TEST(MockServerRoutes, ListAtMostAThousandRequests) {
    const Running server;
    auto plain = server.plain();
    plain.set_keep_alive(true);
    for (int i = 0; i < 1002; ++i) ASSERT_TRUE(plain.Get("/v1/nothing"));
    const json data = dataOf(server, "/mock/requests");
    EXPECT_EQ(data.at("total"), 1002);
    EXPECT_EQ(data.at("requests").size(), 1000U);
    EXPECT_EQ(data.at("requests").at(0).at("number"), 3);
}

TEST(MockServerRoutes, RestoreTheStateOfTheStart) {
    const Running server({"--fault", "503", "--fault-count", "1", "--processing-time", "50ms"});
    EXPECT_FALSE(upload(server, "id=up1").empty());
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 503);
    EXPECT_EQ(post(server, "/mock/faults?fault=404"), 200);
    EXPECT_EQ(post(server, "/mock/reset"), 200);
    EXPECT_EQ(dataOf(server, "/mock/requests").at("total"), 0);
    EXPECT_EQ(dataOf(server, "/mock/faults").at("faults"), json::parse(R"([{"fault":"503","path":"","left":1}])"));
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 503);
    EXPECT_EQ(server.client().listBuilds().value().items.size(), 12U);
    EXPECT_FALSE(upload(server, "id=up1").empty()) << "the id is free again";
}

TEST(MockServerRoutes, AddAndRemoveFaults) {
    const Running server;
    EXPECT_EQ(post(server, "/mock/faults?fault=503&count=1"), 200);
    EXPECT_EQ(post(server, "/mock/faults?fault=404"), 200);
    EXPECT_EQ(dataOf(server, "/mock/faults").at("faults"),
              json::parse(R"([{"fault":"503","path":"","left":1},{"fault":"404","path":"","left":null}])"));
    for (const int status : {503, 404, 404}) EXPECT_EQ(statusOf(server, sample::integrationsPath), status);
    EXPECT_TRUE(server.plain().Delete("/mock/faults"));
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 200);
}

TEST(MockServerRoutes, ChangeFaultsDuringAConnection) {
    const Running server;
    auto client = server.plain();
    client.set_keep_alive(true);
    const auto status = [&client] { return client.Get(sample::integrationsPath, withAppToken())->status; };
    EXPECT_EQ(status(), 200);
    EXPECT_EQ(post(server, "/mock/faults?fault=503"), 200);
    EXPECT_EQ(status(), 503);
    EXPECT_EQ(status(), 503);
    EXPECT_TRUE(server.plain().Delete("/mock/faults"));
    EXPECT_EQ(status(), 200);
    EXPECT_EQ(post(server, "/mock/faults?fault=404"), 200);
    EXPECT_EQ(status(), 404);
}

TEST(MockServerRoutes, LimitAFaultToAPath) {
    const Running server({"--fault", "503", "--fault-path", "/v1/integrations/builds/"});
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 200);
    EXPECT_EQ(statusOf(server, "/v1/integrations/builds/6731e9e7a1b2c3d4e5f60702"), 503);
    EXPECT_EQ(post(server, "/mock/faults?fault=closed-at-once&path=/v1/organizations"), 200);
    EXPECT_EQ(statusOf(server, sample::workspacePath), 0);
    EXPECT_EQ(statusOf(server, sample::integrationsPath), 200);
}

TEST(MockServerRoutes, RefuseAnInvalidFault) {
    const Running server;
    EXPECT_EQ(refusal(server, "/mock/faults"), "The parameter fault is missing");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=five"),
              "Unknown fault: five. applivery-mock-server --help lists all faults");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=503&count=0"), "The count must be a number from 1 to 1000000, not 0");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=503&path=v1"), "The path must begin with /");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=503&times=1"), "Unknown parameter of a fault: times");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=503&fault=404"), "The request has the parameter fault twice");
    EXPECT_EQ(refusal(server, "/mock/faults?fault=a-server-without-tls"),
              "This fault occurs in the TLS handshake, and the server runs without --tls");
    EXPECT_EQ(refusal(server, "/mock/reset?all=yes"), "This route has no parameters");
    EXPECT_TRUE(dataOf(server, "/mock/faults").at("faults").empty());
}

TEST(MockServerRoutes, AreNamedForAnUnknownRoute) {
    const Running server;
    const auto answer = server.plain().Get("/mock/uploads");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 404);
    EXPECT_NE(answer->body.find("There is no route GET /mock/uploads. Routes: POST /mock/uploads, GET /mock/requests"),
              std::string::npos)
        << answer->body;
    const Outcome help = runInShell(mockServer + " --help");
    for (const char* route : {"POST /mock/uploads", "GET /mock/requests", "POST /mock/faults", "POST /mock/reset"})
        EXPECT_NE(help.text.find(std::string("\n  ") + route + '\n'), std::string::npos) << route;
}

ClientOptions trusting(Running& server) {
    ClientOptions options = server.options();
    options.caBundle = server.readLine();
    return options;
}

TEST(MockServerOverTls, InjectsFaultsIntoResponses) {
    for (const char* fault : {"503", "reset-after-the-request", "a-body-that-is-cut-off", "closed-at-once"}) {
        Running server({"--tls", "--fault", fault, "--fault-count", "2"});
        const auto page = BuildsClient(AppToken{sample::appToken}, trusting(server)).listBuilds();
        ASSERT_TRUE(page) << fault << ": " << page.error();
        EXPECT_EQ(page->items.size(), 12U) << fault;
    }
}

TEST(MockServerOverTls, InjectsALimitedNumberOfFaultsIntoHandshakes) {
    for (const char* fault : {"closed-during-the-tls-handshake", "a-server-without-tls"}) {
        Running server({"--fault", fault, "--fault-count", "1"});
        ClientOptions options = trusting(server);
        options.retry.maxAttempts = 1;
        const BuildsClient client(AppToken{sample::appToken}, options);
        EXPECT_FALSE(client.listBuilds()) << fault;
        EXPECT_TRUE(client.listBuilds()) << fault;
    }
}

TEST(MockServerOverTls, RemovesAFaultOfTheHandshakeWithoutTls) {
    Running server({"--fault", "a-server-without-tls"});
    const BuildsClient client(AppToken{sample::appToken}, trusting(server));
    EXPECT_EQ(client.listBuilds().error().kind(), ErrorKind::tls);
    httplib::Client plain("http" + server.baseUrl.substr(std::string("https").size()));
    EXPECT_EQ(plain.Get(sample::integrationsPath)->status, 400);
    EXPECT_EQ(plain.Delete("/mock/faults")->status, 200);
    EXPECT_TRUE(client.listBuilds());
}

#ifndef APPLIVERY_TESTS_ARE_SANITIZED  // a sanitizer keeps freed memory, so the peak would show nothing

// Returns the peak memory of a server after this number of requests, in kilobytes. Some requests open a connection.
long peakAfter(int requests) {
    Running server({"--generate", "500"});
    auto client = server.plain();
    client.set_keep_alive(true);
    const std::vector<std::string> targets{"/v1/integrations/builds?limit=20", "/v1/integrations/builds/unknown",
                                           "/v1/nothing?" + std::string(3000, 'x')};
    for (int i = 0; i < requests; ++i) {
        const std::string& target = targets[static_cast<std::size_t>(i) % targets.size()];
        EXPECT_TRUE(i % 20 == 0 ? server.plain().Get(target) : client.Get(target, withAppToken()));
    }
    EXPECT_EQ(dataOf(server, "/mock/requests").at("total"), requests);
    return server.end().peakKilobytes;
}

// A server that kept all requests would need twice the allowed memory. The allocator keeps some memory of each thread.
TEST(MockServerMemory, DoesNotGrowWithTheNumberOfRequests) {
    const long after2000 = peakAfter(2000);  // fills the journal
    EXPECT_LT(peakAfter(6000), after2000 + 3'000);
}

#endif

}  // namespace
}  // namespace applivery::test
