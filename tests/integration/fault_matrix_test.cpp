/// @file
/// Causes each fault of the matrix over a real socket. Checks the kind of the error, the number of attempts, and that
/// no error or log contains the token.
#include "mock_server/fault_matrix.hpp"

#include "mock_server/raw_server.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cctype>
#include <chrono>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace applivery {
namespace mock {

// GoogleTest calls this function to print the parameter of a test.
static std::ostream& operator<<(std::ostream& out, const Fault& fault) {
    return out << fault.name;
}

}  // namespace mock
namespace {

using namespace std::chrono_literals;
using mock::Endpoint;
using mock::Fault;

const std::string secretToken = "app-token-0123456789";
constexpr std::size_t bodyCap = std::size_t{4} << 20U;

ClientOptions optionsToCause(const Fault& fault, const mock::RawServer& server) {
    ClientOptions options;
    options.retry.maxAttempts = 2;
    options.retry.initialDelay = 1ms;
    options.maxResponseBytes = bodyCap;
    options.requestTimeout = fault.kind == ErrorKind::timeout ? 300ms : 60'000ms;
    switch (fault.endpoint) {
        case Endpoint::server:
            options.baseUrl = server.baseUrl();
            break;
        case Endpoint::tlsServer:
            options.baseUrl = test::withHttps(server.baseUrl());
            break;
        case Endpoint::proxy:
            options.baseUrl = "http://service.test";
            options.allowInsecureHttp = true;
            options.proxy = server.baseUrl();
            break;
        case Endpoint::tunnelProxy:
            options.baseUrl = "https://service.test";
            options.proxy = server.baseUrl();
            break;
    }
    return options;
}

std::string shown(const Error& error) {
    std::ostringstream out;
    out << error << error.apiData();
    return out.str();
}

class FaultMatrix : public testing::TestWithParam<Fault> {};

TEST_P(FaultMatrix, HasTheExpectedOutcome) {
    const Fault& fault = GetParam();
    mock::RawServer server(fault.handler);
    ClientOptions options = optionsToCause(fault, server);
    std::string log;
    options.log = [&](LogLevel, std::string_view line) { log += line; };
    const BuildsClient client(AppToken{secretToken}, options);
    auto page = client.listBuilds();
    if (!fault.kind) {
        for (int i = 0; i < 2 && page; ++i) page = client.listBuilds();  // even on a kept connection
        ASSERT_TRUE(page) << page.error();
        EXPECT_EQ(page->items.at(0).id, "b1");
        return;
    }
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind(), *fault.kind) << page.error();
    EXPECT_EQ(page.error().attempts(), fault.isRetried ? 2 : 1) << page.error();
    EXPECT_EQ((shown(page.error()) + log).find(secretToken), std::string::npos);
    if (occursAtProxy(fault)) {
        EXPECT_NE(page.error().message().find("proxy"), std::string::npos) << page.error();
    }
}

std::string testName(const testing::TestParamInfo<Fault>& row) {
    std::string name = std::to_string(row.index) + '_';
    for (const char c : row.param.name) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(Faults, FaultMatrix, testing::ValuesIn(mock::faultMatrix()), testName);

// Returns the guide's table of faults.
std::string asMarkdown(const std::vector<Fault>& faults) {
    std::string text = "| fault | outcome | retried |\n| --- | --- | --- |\n";
    for (const Fault& fault : faults) {
        const std::string outcome = fault.kind ? '`' + std::string(toString(*fault.kind)) + '`' : "the page";
        text += "| " + fault.name + " | " + outcome + " | " + (fault.isRetried ? "yes" : "no") + " |\n";
    }
    return text;
}

TEST(FaultMatrixOfTheGuide, EqualsTheMatrix) {
    std::ifstream file(APPLIVERY_GUIDE "/errors.md");
    const std::string page(std::istreambuf_iterator<char>(file), {});
    const std::string table = asMarkdown(mock::faultMatrix());
    EXPECT_NE(page.find(table), std::string::npos) << table;
}

TEST(FaultMatrixOfTheProgram, HasAUniqueSlugForEachFault) {
    std::set<std::string> slugs;
    for (const Fault& fault : mock::faultMatrix()) slugs.insert(slugOf(fault));
    EXPECT_EQ(slugs.size(), mock::faultMatrix().size());
    for (const char* slug : {"503", "reset-after-the-request", "a-proxy-that-requires-credentials-407",
                             "2000000-nested-arrays", "code-4004-a-wrong-token"}) {
        EXPECT_EQ(slugs.count(slug), 1U) << slug;
    }
}

}  // namespace
}  // namespace applivery
