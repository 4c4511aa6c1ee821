/// @file
/// The mock server.
#include "mock_server/mock_server.hpp"

#include "mock_server/build_generator.hpp"
#include "mock_server/connection_handlers.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/test_certificates.hpp"

#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include <atomic>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace applivery::mock {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

httplib::Headers bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
}

httplib::Client clientOf(const MockServer& server) {
    const std::string url = server.baseUrl();
    httplib::Client client(url.substr(0, url.find('/', std::string("https://").size())));
    client.set_read_timeout(20s);
    client.set_url_encode(false);
    return client;
}

httplib::Result get(const MockServer& server, const std::string& target, const std::string& token = sample::appToken) {
    return clientOf(server).Get(target, bearer(token));
}

json list(const MockServer& server, const std::string& query = {}) {
    const httplib::Result result = get(server, sample::integrationsPath + query);
    return result && result->status == 200 ? json::parse(result->body).at("data") : json();
}

/// Returns the HTTP status and the API code, such as "401 4002".
std::string verdict(const httplib::Result& result) {
    if (!result) return to_string(result.error());
    const json body = json::parse(result->body, nullptr, false);
    if (body.is_discarded() || !body.contains("error")) return std::to_string(result->status);
    return std::to_string(result->status) + ' ' + body.at("error").at("code").dump();
}

std::string verdict(const MockServer& server, const std::string& target, const std::string& token = sample::appToken) {
    return verdict(get(server, target, token));
}

class MockServerTest : public ::testing::Test {
protected:
    MockServer server_;
    BuildData& builds_ = sample::addTo(server_, generateBuilds(250));
};

TEST_F(MockServerTest, PaginatesLikeTheService) {
    const json first = list(server_);
    EXPECT_EQ(first.at("items").size(), 100U);
    EXPECT_EQ(first.at("items")[0].at("id"), builds_.ids().front());
    json position = first;
    position.erase("items");
    EXPECT_EQ(position, json::parse(R"({"totalDocs":250,"limit":100,"hasPrevPage":false,"hasNextPage":true,"page":1,
        "totalPages":3,"pagingCounter":1,"prevPage":null,"nextPage":2})"));
    EXPECT_EQ(list(server_, "?page=3").at("items").size(), 50U);
    EXPECT_EQ(list(server_, "?page=3").at("hasNextPage"), false);
}

TEST_F(MockServerTest, ServesAnEmptyPageAfterTheLast) {
    const json past = list(server_, "?page=14&limit=20");
    EXPECT_TRUE(past.at("items").empty());
    EXPECT_EQ(past.at("hasNextPage"), false);
    EXPECT_EQ(past.at("prevPage"), 13);
    EXPECT_TRUE(list(server_, "?page=2147483647&limit=2147483647").at("items").empty());
}

TEST_F(MockServerTest, HasOnePageWithoutBuilds) {
    builds_.assign({});
    EXPECT_EQ(list(server_).at("totalPages"), 1);
}

TEST_F(MockServerTest, Filters) {
    EXPECT_EQ(list(server_, "?os=ios").at("totalDocs"), 125);
    EXPECT_EQ(list(server_, "?status=error").at("totalDocs"), 13);
    EXPECT_EQ(list(server_, "?versionName=4.0.3").at("totalDocs"), 10);
    EXPECT_EQ(list(server_, "?versionName=4.0").at("totalDocs"), 0);
}

TEST_F(MockServerTest, Sorts) {
    EXPECT_EQ(list(server_, "?sort=createdAt%3Aasc&limit=1").at("items")[0].at("id"), builds_.ids().back());
}

TEST_F(MockServerTest, DecodesTheValuesOfAFilter) {
    BuildSpec odd;
    odd.versionName = "a b&c+d/\"é\"";
    builds_.add(odd);
    EXPECT_EQ(list(server_, "?versionName=a+b%26c%2Bd%2F%22%C3%A9%22").at("totalDocs"), 1);
}

TEST_F(MockServerTest, ClampsTheLimitByARule) {
    ServiceRules rules;
    rules.maxLimit = 30;
    server_.setRules(rules);
    EXPECT_EQ(list(server_, "?limit=200").at("items").size(), 30U);
}

TEST_F(MockServerTest, SendsOnlyTheItemsByARule) {
    ServiceRules rules;
    rules.totals = rules.links = rules.echoLimit = rules.echoPage = false;
    server_.setRules(rules);
    EXPECT_EQ(list(server_).size(), 1U);
}

TEST_F(MockServerTest, ServesBelowAPathPrefixByARule) {
    ServiceRules rules;
    rules.pathPrefix = "/gateway/eu";
    server_.setRules(rules);
    EXPECT_EQ(verdict(server_, sample::integrationsPath), "404 1002");
    EXPECT_EQ(verdict(server_, std::string("/gateway/eu") + sample::integrationsPath), "200");
}

TEST_F(MockServerTest, RefusesLikeTheService) {
    EXPECT_EQ(verdict(clientOf(server_).Get(sample::integrationsPath)), "401 4002");
    EXPECT_EQ(verdict(server_, sample::integrationsPath, "wrong"), "401 4004");
    EXPECT_EQ(verdict(server_, sample::workspacePath, "wrong"), "401 4004");
    EXPECT_EQ(verdict(server_, "/v1/integrations/build"), "404 1002");
    for (const char* const query : {"status=done", "os=beos", "page=0", "page=-1", "page=x", "limit=0", "limit=1.5",
                                    "page=", "limit=99999999999", "sort=size:asc"})
        EXPECT_EQ(verdict(server_, std::string(sample::integrationsPath) + '?' + query), "400 1001") << query;
    server_.accounts().revoke(sample::appToken);
    EXPECT_EQ(verdict(server_, sample::integrationsPath), "401 4004");
}

TEST_F(MockServerTest, ServesOneBuild) {
    const std::string id = builds_.ids().at(3);
    const json body = json::parse(get(server_, sample::integrationsPath + ('/' + id))->body);
    EXPECT_EQ(body, (json{{"status", true}, {"data", list(server_).at("items")[3]}}));
    const std::string token = sample::serviceAccountToken;
    EXPECT_EQ(json::parse(get(server_, sample::workspacePath + ('/' + id), token)->body), body);
    EXPECT_EQ(verdict(server_, sample::workspacePath + ('/' + id)), "401 4004");
    EXPECT_EQ(verdict(server_, std::string(sample::integrationsPath) + "/unknown"), "404 3001");
    EXPECT_EQ(verdict(server_, sample::integrationsPath + ('/' + id) + "/files"), "404 1002");
}

TEST_F(MockServerTest, FindsTheWorkspaceByIdAndSlug) {
    Accounts& accounts = server_.accounts();
    accounts.addApp("other-app", "a slug/with a slash").add(BuildSpec{});
    accounts.addApp("foreign-app");
    accounts.addOrganization("other-organization", "", {"foreign-app"});
    accounts.addOrganization(sample::organizationId, sample::organizationSlug, {"other-app"});
    const std::string token = sample::serviceAccountToken;

    EXPECT_EQ(verdict(server_, sample::workspacePath, token), "200");
    EXPECT_EQ(verdict(server_, std::string(sample::workspacePath) + '/', token), "200");
    EXPECT_EQ(verdict(server_, "/v1/organizations/cartography/apps/meridian/builds", token), "200");
    EXPECT_EQ(verdict(server_, "/v1/organizations/cartography/apps/nowhere/builds", token), "404 3001");
    EXPECT_EQ(verdict(server_, "/v1/organizations/cartography/apps/foreign-app/builds", token), "404 3001");
    EXPECT_EQ(verdict(server_, "/v1/organizations/nowhere/apps/meridian/builds", token), "404 3001");
    EXPECT_EQ(verdict(server_, "/v1/organizations/other-organization/apps/foreign-app/builds", token), "403 4003");
    const std::string escaped = "/v1/organizations/cartography/apps/a%20slug%2Fwith%20a%20slash/builds";
    EXPECT_EQ(verdict(server_, escaped, token), "403 4003");
    accounts.addServiceAccount(token, sample::organizationSlug);
    EXPECT_EQ(verdict(server_, escaped, token), "200");
}

TEST_F(MockServerTest, ServesChangedBuilds) {
    BuildSpec fresh;
    fresh.id = "fresh";
    fresh.status = "pending";
    builds_.add(fresh);
    const json before = list(server_, "?limit=1").at("items")[0];
    EXPECT_EQ(before.at("id"), "fresh");
    EXPECT_TRUE(builds_.setStatus("fresh", "processed"));
    json after = list(server_, "?limit=1&status=processed").at("items")[0];
    EXPECT_EQ(after.at("status"), "processed");
    after["status"] = "pending";
    EXPECT_EQ(after, before);
    EXPECT_TRUE(builds_.remove("fresh"));
    EXPECT_FALSE(builds_.remove("fresh"));
    EXPECT_EQ(list(server_).at("totalDocs"), 250);
}

TEST_F(MockServerTest, PrefersScriptedResponses) {
    server_.enqueue(tooManyRequests("2"));
    server_.enqueueForPage(2, gatewayError(), 2);
    server_.enqueue(redirect("https://elsewhere.example/"));
    const httplib::Result limited = get(server_, sample::integrationsPath);
    EXPECT_EQ(limited->status, 429);
    EXPECT_EQ(limited->get_header_value("Retry-After"), "2");
    const std::string second = std::string(sample::integrationsPath) + "?page=2";
    EXPECT_EQ(get(server_, second)->get_header_value("Content-Type"), "text/html");
    EXPECT_EQ(verdict(server_, sample::integrationsPath), "302");
    EXPECT_EQ(server_.pendingResponses(), 1);
    EXPECT_EQ(verdict(server_, sample::integrationsPath), "200");
    EXPECT_EQ(verdict(server_, second), "502");
    EXPECT_EQ(verdict(server_, second), "200");
}

TEST_F(MockServerTest, SendsAScriptedResponseWithoutABody) {
    server_.enqueue(bare(401));
    EXPECT_EQ(get(server_, sample::integrationsPath)->body, "");
}

TEST_F(MockServerTest, CutsOffAScriptedResponse) {
    ScriptedResponse cut = ok(std::string(1000, 'x'));
    cut.cutAfter = 10;
    server_.enqueue(cut);
    EXPECT_EQ(get(server_, sample::integrationsPath).error(), httplib::Error::Read);
}

TEST_F(MockServerTest, SendsTheResponseOfAHook) {
    server_.setHook([this](const RecordedRequest& request) -> std::optional<ScriptedResponse> {
        if (request.parameter("page") != "2") return std::nullopt;
        ScriptedResponse answer = server_.serviceResponse(request);
        answer.headers.emplace_back("X-Changed", "yes");
        return answer;
    });
    EXPECT_FALSE(get(server_, sample::integrationsPath)->has_header("X-Changed"));
    EXPECT_TRUE(get(server_, std::string(sample::integrationsPath) + "?page=2")->has_header("X-Changed"));
}

TEST_F(MockServerTest, RecordsRequests) {
    EXPECT_FALSE(server_.waitForRequests(1, 1ms));
    std::thread other([this] { get(server_, std::string(sample::integrationsPath) + "?versionName=a%20b&x=1&x=2"); });
    EXPECT_TRUE(server_.waitForRequests(1));
    other.join();
    const RecordedRequest request = server_.requests().at(0);
    EXPECT_EQ(request.path, sample::integrationsPath);
    EXPECT_EQ(request.query, (Fields{{"versionName", "a b"}, {"x", "1"}, {"x", "2"}}));
    EXPECT_EQ(request.header("authorization"), std::string("Bearer ") + sample::appToken);
    EXPECT_FALSE(request.header("REMOTE_ADDR"));
}

TEST_F(MockServerTest, CompressesOnlyIfTheClientAcceptsGzip) {
    httplib::Client client = clientOf(server_);
    client.set_decompress(false);
    httplib::Headers headers = bearer(sample::appToken);
    headers.emplace("Accept-Encoding", "gzip, br");
    const httplib::Result packed = client.Get(sample::integrationsPath, headers);
    EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
    EXPECT_LT(packed->body.size(), 60'000U);
    client.set_decompress(true);
    const httplib::Result unpacked = client.Get(sample::integrationsPath, headers);
    httplib::Headers identity = bearer(sample::appToken);
    identity.emplace("Accept-Encoding", "identity");  // newer versions of httplib accept every encoding by default
    const httplib::Result plain = client.Get(sample::integrationsPath, identity);
    EXPECT_EQ(plain->body, unpacked->body);
    EXPECT_FALSE(plain->has_header("Content-Encoding"));
}

TEST_F(MockServerTest, ServesManyKeepAliveClientsAtOnce) {
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    server_.setDelay(20ms);
    for (int i = 0; i < 32; ++i)
        threads.emplace_back([this, &good] {
            httplib::Client client = clientOf(server_);
            client.set_keep_alive(true);
            for (int page = 1; page <= 5; ++page) {
                const auto answer = client.Get(sample::integrationsPath + ("?limit=10&page=" + std::to_string(page)),
                                               bearer(sample::appToken));
                if (answer && answer->status == 200) ++good;
            }
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(good, 160);
    std::set<int> ports;
    for (const RecordedRequest& request : server_.requests()) ports.insert(request.clientPort);
    EXPECT_EQ(ports.size(), 32U);
    EXPECT_GT(server_.peakConcurrency(), 1U);
}

TEST(MockServerEnd, IsImmediateWithIdleAndDelayedRequests) {
    std::optional<MockServer> server(std::in_place);
    sample::addTo(*server);
    httplib::Client idle = clientOf(*server);
    idle.set_keep_alive(true);
    ASSERT_TRUE(idle.Get(sample::integrationsPath, bearer(sample::appToken)));
    ScriptedResponse late = ok("{}");
    late.delay = 1h;
    server->enqueue(late);
    std::thread waiting([client = clientOf(*server)]() mutable { client.Get(sample::integrationsPath); });
    EXPECT_TRUE(server->waitForRequests(2));
    const auto start = Clock::now();
    server.reset();
    EXPECT_LT(Clock::now() - start, 2s);
    waiting.join();
}

class MockServerTls : public ::testing::Test {
protected:
    MockServerTls() { options.tls = true; }

    static httplib::Result connect(const MockServer& server, const std::string& caFile) {
        httplib::Client client = clientOf(server);
        client.set_ca_cert_path(caFile);
        return client.Get("/");
    }

    MockServerOptions options;
    const TestCertificates others;
};

TEST_F(MockServerTls, IsTrustedThroughItsAuthorityOnly) {
    const MockServer server(options);
    EXPECT_EQ(verdict(connect(server, server.caFile())), "404 1002");
    EXPECT_EQ(connect(server, others.caFile()).error(), httplib::Error::SSLServerVerification);
}

TEST_F(MockServerTls, UsesTheGivenCertificate) {
    options.tlsFiles = TlsFiles{others.wrongHostCertFile(), others.wrongHostKeyFile()};
    EXPECT_FALSE(connect(MockServer(options), others.caFile()));
    options.tlsFiles = TlsFiles{others.expiredCertFile(), others.expiredKeyFile()};
    EXPECT_FALSE(connect(MockServer(options), others.caFile()));
}

TEST_F(MockServerTls, RefusesMissingFiles) {
    options.tlsFiles = TlsFiles{"/nowhere.pem", "/nowhere.key"};
    EXPECT_THROW(MockServer{options}, std::runtime_error);
}

}  // namespace
}  // namespace applivery::mock
