/// @file
/// The facade without a network: attempts, waits, refusals, secrets.
#include "support/fakes.hpp"
#include "support/matchers.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::FakeTransport;
using test::SilentTransport;
using test::VirtualClock;

constexpr const char* token = "tok/en-0123456789";

HttpResponse answer(int status, std::string body, HttpHeaders headers = {}) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
}

HttpResponse onePage() {
    return answer(200, R"({"status":true,"data":{"items":[{"id":"b1"}]}})");
}
HttpResponse unavailable(HttpHeaders headers = {}) {
    return answer(503, "<html>busy</html>", std::move(headers));
}

struct Rig {
    explicit Rig(std::deque<Result<HttpResponse>> script)
        : transport(std::make_shared<FakeTransport>(std::move(script))) {
        options.clock = clock;
        options.retry.random = [] { return 1.0; };
    }

    [[nodiscard]] BuildsClient client() const { return BuildsClient(AppToken{token}, options, transport); }

    std::shared_ptr<FakeTransport> transport;
    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    ClientOptions options;
};

TEST(BuildsClient, ReturnsAPage) {
    const Rig rig({onePage()});
    const auto page = rig.client().listBuilds();
    ASSERT_TRUE(page) << page.error();
    EXPECT_EQ(page->items.at(0).id, "b1");
}

TEST(BuildsClient, ThePageNumberIsTheOneAskedForWhereTheServiceDoesNotSay) {
    const Rig rig({onePage()});
    Page page;
    page.number = 3;
    EXPECT_EQ(rig.client().listBuilds({}, page)->number, 3);
}

TEST(BuildsClient, TriesAgainAfterWaitsThatGrow) {
    const Rig rig({unavailable(), unavailable(), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{500ms, 1000ms}));
}

TEST(BuildsClient, TellsHowManyAttemptsItMade) {
    const Rig rig({unavailable()});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::server));
    EXPECT_EQ(page.error().attempts(), 4);
    EXPECT_EQ(rig.transport->requests().size(), 4U);
}

TEST(BuildsClient, HonoursRetryAfter) {
    const Rig rig({unavailable({{"Retry-After", "30"}}), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{30s}));
}

TEST(BuildsClient, ReturnsARetryAfterThatOutlastsThePolicy) {
    const Rig rig({answer(429, "", {{"Retry-After", "3600"}})});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::rateLimited));
    EXPECT_EQ(page.error().retryAfter(), 3600s);
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(BuildsClient, TriesATruncatedBodyAgain) {
    const Rig rig({answer(200, R"({"status":true,"data":{"it)"), onePage()});
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(BuildsClient, DoesNotRepeatARefusal) {
    const Rig rig({answer(401, R"({"status":false,"error":{"code":4002,"message":"No auth token"}})")});
    const auto page = rig.client().listBuilds();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().apiCode(), api_code::noAuthToken);
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(BuildsClient, RefusesBadInputBeforeAnythingIsSent) {
    const Rig rig({onePage()});
    Page page;
    page.number = 0;
    const auto result = rig.client().listBuilds({}, page);
    ASSERT_FALSE(result);
    EXPECT_THAT(result, test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_EQ(result.error().attempts(), 0);
    EXPECT_TRUE(rig.transport->requests().empty());
}

TEST(BuildsClient, BadCredentialsComeBackFromTheCall) {
    const BuildsClient client(AppToken{""});
    EXPECT_THAT(client.listBuilds(), test::FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(client.listBuildsAsync().get(), test::FailsWith(ErrorKind::invalidArgument));
}

TEST(BuildsClient, AnErrorSaysWhere) {
    const Rig rig({answer(404, "")});
    EXPECT_EQ(rig.client().listBuilds().error().message().find("GET /v1/integrations/builds: "), 0U);
}

TEST(BuildsClient, AnEchoedTokenStaysOutOfTheError) {
    const Rig rig({answer(400, R"({"status":false,"error":{"code":1,"message":"Bearer tok/en-0123456789",
        "data":{"header":"tok\/en-0123456789"}}})")});
    const Error error = rig.client().listBuilds().error();
    EXPECT_EQ(error.message().find("0123456789"), std::string::npos) << error.message();
    EXPECT_EQ(error.apiData().find("0123456789"), std::string::npos) << error.apiData();
    EXPECT_NE(error.apiData().find("[redacted]"), std::string::npos);
}

TEST(BuildsClient, RawJsonIsKeptOnRequestAndWithoutTheToken) {
    Rig rig({answer(200, R"({"status":true,"data":{"items":[{"id":"b1","changelog":"tok\/en-0123456789"}]}})")});
    EXPECT_TRUE(rig.client().listBuilds()->rawJson.empty());
    rig.options.keepRawJson = true;
    EXPECT_EQ(rig.client().listBuilds()->rawJson,
              R"({"status":true,"data":{"items":[{"id":"b1","changelog":"[redacted]"}]}})");
}

TEST(BuildsClient, LogsALineForEachAttemptWithoutTheToken) {
    Rig rig({unavailable(), onePage()});
    std::vector<std::string> lines;
    rig.options.log = [&](LogLevel, std::string_view line) { lines.emplace_back(line); };
    EXPECT_TRUE(rig.client().listBuilds());
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].find("GET /v1/integrations/builds 503 attempt 1, 17 bytes, 0 ms, again in 500 ms"), 0U)
        << lines[0];
    EXPECT_EQ(lines[1], "GET /v1/integrations/builds 200 attempt 2, 46 bytes, 0 ms");
    for (const auto& line : lines) EXPECT_EQ(line.find(token), std::string::npos);
}

TEST(BuildsClient, ASmallCapOnTheTextTakesAPageThatFitsIt) {
    Rig rig({onePage()});
    rig.options.maxResponseBytes = 100;
    EXPECT_TRUE(rig.client().listBuilds());
}

TEST(BuildsClient, AsyncReturnsThePage) {
    const Rig rig({unavailable(), onePage()});
    const BuildsClient client = rig.client();
    EXPECT_EQ(client.listBuildsAsync().get()->items.size(), 1U);
}

TEST(BuildsClient, ACancelledTokenSendsNothing) {
    const Rig rig({onePage()});
    CancellationSource source;
    source.cancel();
    const auto page = rig.client().listBuilds({}, {}, source.token());
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::cancelled));
    EXPECT_TRUE(rig.transport->requests().empty());
}

TEST(BuildsClient, CancelsACallInFlight) {
    const BuildsClient client(AppToken{token}, {}, std::make_shared<SilentTransport>());
    CancellationSource source;
    auto page = client.listBuildsAsync({}, {}, source.token());
    source.cancel();
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, DestroyingTheLastCopyCancelsItsCalls) {
    auto client = std::make_unique<BuildsClient>(AppToken{token}, ClientOptions{}, std::make_shared<SilentTransport>());
    auto copy = std::make_unique<BuildsClient>(*client);
    auto page = client->listBuildsAsync();
    client.reset();
    EXPECT_EQ(page.wait_for(0s), std::future_status::timeout);
    copy.reset();
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

// ---- what the user hands in, when it misbehaves ----

BuildsClient clientOf(test::FunctionTransport::Function function, ClientOptions options = {}) {
    if (!options.clock) options.clock = std::make_shared<VirtualClock>();
    return BuildsClient(AppToken{token}, options, std::make_shared<test::FunctionTransport>(std::move(function)));
}

// Of both forms of a call.
void expectBoth(const BuildsClient& client, const std::function<void(const Result<BuildPage>&)>& expectation) {
    expectation(client.listBuilds());
    expectation(client.listBuildsAsync().get());
}

TEST(UserCode, ALoggerThatThrowsLosesItsLineAlone) {
    Rig rig({unavailable(), onePage()});
    rig.options.log = [](LogLevel, std::string_view) { throw std::runtime_error("disk full"); };
    expectBoth(rig.client(), [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(UserCode, APolicyThatThrowsEndsTheCallWithWhatFailed) {
    Rig rig({unavailable()});
    rig.options.retry.custom = [](const Error&, auto) -> std::optional<std::chrono::milliseconds> {
        throw std::runtime_error("no policy");
    };
    expectBoth(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::server));
        EXPECT_EQ(page.error().httpStatus(), 503);
        EXPECT_NE(page.error().message().find("RetryPolicy::custom threw an exception: no policy"), std::string::npos);
    });
}

TEST(UserCode, AChanceThatThrowsEndsTheCallWithWhatFailed) {
    Rig rig({unavailable()});
    rig.options.retry.random = []() -> double { throw 42; };
    expectBoth(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::server));
    });
}

TEST(UserCode, AChanceThatIsNoNumberIsRefused) {
    Rig rig({unavailable()});
    rig.options.retry.random = [] { return std::nan(""); };
    EXPECT_THAT(rig.client().listBuilds(), test::FailsWith(ErrorKind::invalidArgument));
}

TEST(UserCode, APolicyThatWaitsForEverWaitsTenYears) {
    Rig rig({unavailable(), onePage()});
    rig.options.retry.custom = [](const Error&, auto) { return std::chrono::milliseconds::max(); };
    EXPECT_TRUE(rig.client().listBuilds());
    EXPECT_EQ(rig.clock->delays(), (std::vector<std::chrono::milliseconds>{std::chrono::hours{24 * 3650}}));
}

TEST(UserCode, APolicyThatNeverGivesUpTakesNoStack) {
    Rig rig({unavailable()});
    rig.options.retry.custom = [](const Error& error, auto) -> std::optional<std::chrono::milliseconds> {
        if (error.attempts() == 20'000) return std::nullopt;
        return 0ms;
    };
    EXPECT_EQ(rig.client().listBuildsAsync().get().error().attempts(), 20'000);
}

TEST(UserCode, ATransportThatThrowsIsAnError) {
    expectBoth(clientOf([](auto&, auto&, auto) { throw std::runtime_error("no network"); }), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::connection));
        EXPECT_EQ(page.error().attempts(), 4) << "it may pass";
        EXPECT_NE(page.error().message().find("the transport threw an exception: no network"), std::string::npos);
    });
}

TEST(UserCode, ATransportThatThrowsAnErrorOfOursFailsWithIt) {
    expectBoth(clientOf([](auto&, auto&, auto) { throwError(Error(ErrorKind::tls, "no key")); }),
               [](const auto& page) { EXPECT_THAT(page, test::FailsWith(ErrorKind::tls)); });
}

TEST(UserCode, ATransportThatThrowsTheTokenDoesNotShowIt) {
    expectBoth(clientOf([](auto&, auto&, auto) { throw std::runtime_error(token); }), [](const auto& page) {
        EXPECT_EQ(page.error().message().find(token), std::string::npos) << page.error();
    });
}

TEST(UserCode, OfTwoCompletionsTheFirstCounts) {
    int sent = 0;
    const BuildsClient client = clientOf([&](auto&, auto&, auto done) {
        ++sent;
        done(unavailable());
        done(unavailable());
        done(onePage());
    });
    expectBoth(client, [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_EQ(page.error().attempts(), 4);
    });
    EXPECT_EQ(sent, 8);
}

TEST(UserCode, ACompletionBeforeAnExceptionCounts) {
    expectBoth(clientOf([](auto&, auto&, auto done) {
                   done(onePage());
                   throw std::runtime_error("late");
               }),
               [](const auto& page) { EXPECT_TRUE(page); });
}

TEST(UserCode, ACompletionThatIsDroppedIsAnError) {
    expectBoth(clientOf([](auto&, auto&, auto) {}), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::connection));
        EXPECT_NE(page.error().message().find("dropped"), std::string::npos) << page.error();
    });
}

// Fails in the way that the test says, where a call has to wait.
class BrokenClock final : public Clock {
public:
    explicit BrokenClock(std::function<void(std::function<void()>)> wait) : wait_(std::move(wait)) {}

    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return {}; }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override { return {}; }
    void callAfter(std::chrono::milliseconds, CancellationToken, std::function<void()> wake) override {
        wait_(std::move(wake));
    }

private:
    std::function<void(std::function<void()>)> wait_;
};

TEST(UserCode, AClockThatThrowsEndsTheCallWithWhatFailed) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto) { throw std::runtime_error("no timer"); });
    expectBoth(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::server));
        EXPECT_NE(page.error().message().find("no timer"), std::string::npos) << page.error();
    });
}

TEST(UserCode, AWaitThatIsDroppedEndsTheCallWithWhatFailed) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto) {});
    expectBoth(rig.client(), [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::server));
        EXPECT_NE(page.error().message().find("the clock dropped the wait"), std::string::npos) << page.error();
    });
}

TEST(UserCode, OfTwoWakesTheFirstCounts) {
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([](auto wake) {
        wake();
        wake();
    });
    EXPECT_EQ(rig.client().listBuilds().error().attempts(), 4);
    EXPECT_EQ(rig.transport->requests().size(), 4U);
}

TEST(UserCode, ALoggerMayCallTheClientOnItsOwnThread) {
    Rig rig({onePage()});
    std::optional<BuildsClient> client;
    int calls = 0;
    rig.options.log = [&](LogLevel, std::string_view) {
        if (++calls > 1) return;
        EXPECT_TRUE(client->listBuilds());
    };
    client = rig.client();
    EXPECT_TRUE(client->listBuilds());
    EXPECT_EQ(calls, 2);
}

// ---- lives ----

TEST(BuildsClient, OneThatWasMovedFromSaysSo) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient heir = std::move(client);
    expectBoth(client, [](const auto& page) {  // NOLINT(bugprone-use-after-move): that is the test
        ASSERT_FALSE(page);
        EXPECT_THAT(page, test::FailsWith(ErrorKind::invalidArgument));
    });
    EXPECT_TRUE(heir.listBuilds());
}

TEST(BuildsClient, DestroyingItCancelsASynchronousCall) {
    std::promise<void> sent;
    test::SilentTransport silent;
    std::optional<BuildsClient> client = clientOf([&](auto& request, auto& cancel, auto done) {
        silent.send(request, cancel, std::move(done));
        sent.set_value();
    });
    auto page = std::async(std::launch::async, [&] { return client->listBuilds(); });
    sent.get_future().wait();
    client.reset();
    ASSERT_EQ(page.wait_for(10s), std::future_status::ready);
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, ACallInFlightDoesNotKeepTheTransportAlive) {
    const auto transport = std::make_shared<SilentTransport>();
    std::optional<BuildsClient> client(std::in_place, AppToken{token}, ClientOptions{}, transport);
    auto page = client->listBuildsAsync();
    client.reset();
    EXPECT_EQ(transport.use_count(), 1);
    EXPECT_THAT(page.get(), test::FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, ACallCancelledInABackoffKeepsWhatFailedBefore) {
    CancellationSource source;
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([&](auto wake) {
        source.cancel();
        wake();
    });
    const auto page = rig.client().listBuilds({}, {}, source.token());
    ASSERT_FALSE(page);
    EXPECT_THAT(page, test::FailsWith(ErrorKind::cancelled));
    EXPECT_NE(page.error().message().find("503"), std::string::npos) << page.error();
}

TEST(Workspace, ItsClientsShareATransport) {
    const auto transport = std::make_shared<FakeTransport>(std::deque<Result<HttpResponse>>{onePage()});
    const Workspace workspace(ServiceAccountToken{token}, "acme", {}, transport);
    EXPECT_TRUE(workspace.app("shop").listBuilds());
    EXPECT_TRUE(workspace.app("bank").listBuilds());
    ASSERT_EQ(transport->requests().size(), 2U);
    EXPECT_NE(transport->requests()[1].url.find("/v1/organizations/acme/apps/bank/builds"), std::string::npos);
}

TEST(Workspace, AnEmptyAppIsRefused) {
    const Workspace workspace(ServiceAccountToken{token}, "acme");
    EXPECT_THAT(workspace.app("").listBuilds(), test::FailsWith(ErrorKind::invalidArgument));
}

}  // namespace
}  // namespace applivery
