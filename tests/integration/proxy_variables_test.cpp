/// @file
/// The environment variables that select a proxy.
#include "mock_server/connection_handlers.hpp"
#include "support/matchers.hpp"
#include "support/raw_client.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace applivery {
namespace {

namespace raw = mock::raw;
using mock::RawServer;
using test::emptyPage;
using test::list;
using test::optionsFor;

class ProxyVariables : public testing::Test {
protected:
    ProxyVariables() { clear(); }
    ~ProxyVariables() override { clear(); }

    static void set(const char* name, const std::string& value) { setenv(name, value.c_str(), 1); }

    RawServer proxy{raw::respondToEach(raw::response(200, emptyPage))};
    RawServer server{raw::respondToEach(raw::response(200, emptyPage))};

private:
    static void clear() {
        for (const char* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                 "no_proxy", "NO_PROXY"}) {
            unsetenv(name);
        }
    }
};

TEST_F(ProxyVariables, AreIgnoredForPlainHttpToLoopback) {
    set("http_proxy", proxy.baseUrl());
    set("all_proxy", proxy.baseUrl());
    set("ALL_PROXY", proxy.baseUrl());
    EXPECT_TRUE(list(optionsFor(server.baseUrl())));
    EXPECT_TRUE(list(optionsFor("http://localhost:" + std::to_string(server.port()))));
    EXPECT_EQ(proxy.connectionCount(), 0U);
}

TEST_F(ProxyVariables, AreUsedForOtherHosts) {
    set("http_proxy", proxy.baseUrl());
    ClientOptions options = optionsFor("http://service.invalid");
    options.allowInsecureHttp = true;
    EXPECT_TRUE(list(options));
    EXPECT_EQ(proxy.connectionCount(), 1U);
}

TEST_F(ProxyVariables, DoNotOverrideAnExplicitProxy) {
    set("no_proxy", "*");
    set("NO_PROXY", "127.0.0.1");
    ClientOptions options = optionsFor(server.baseUrl());
    options.proxy = proxy.baseUrl();
    EXPECT_TRUE(list(options));
    EXPECT_EQ(proxy.connectionCount(), 1U);
    EXPECT_EQ(server.connectionCount(), 0U);
}

TEST_F(ProxyVariables, AreIgnoredIfTheOptionsDisableProxies) {
    set("http_proxy", proxy.baseUrl());
    ClientOptions options = optionsFor("http://service.invalid");
    options.allowInsecureHttp = true;
    options.proxy = "";
    options.retry.maxAttempts = 1;
    EXPECT_THAT(list(options), test::FailsWith(ErrorKind::connection));
    EXPECT_EQ(proxy.connectionCount(), 0U);
}

}  // namespace
}  // namespace applivery
