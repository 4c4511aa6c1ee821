/// @file
/// The time limit of a call in virtual time: attempts, backoff and queues.
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::FailsWith;
using testing::HasSubstr;

using Limit = std::optional<std::chrono::milliseconds>;

// A service without responses. Each attempt waits for the time `queued` in the queue of the transport, and fails after
// the time `takes` or after its own limit.
struct SlowService {
    explicit SlowService(std::chrono::milliseconds queued, std::chrono::milliseconds takes) {
        options.clock = clock;
        options.retry.random = [] { return 1.0; };
        transport = std::make_shared<FakeTransport>([this, queued, takes](const HttpRequest& request) {
            limits.push_back(request.timeout);
            clock->advance(queued);
            request.onStart();
            clock->advance(std::min(takes, request.timeout.value_or(takes)));
            return FakeTransport::fail(ErrorKind::timeout);
        });
    }

    [[nodiscard]] Result<BuildPage> call() const {
        return BuildsClient(AppToken{test::token}, options, transport).listBuilds();
    }

    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>();
    ClientOptions options{};
    std::vector<Limit> limits{};
    std::shared_ptr<HttpTransport> transport{};
};

TEST(CallTime, LimitsAnAttemptToTheRestOfTheCall) {
    SlowService service(0ms, 70s);
    EXPECT_THAT(service.call(), FailsWith(ErrorKind::timeout));
    EXPECT_THAT(service.limits, testing::ElementsAre(Limit(120s), Limit(49'500ms)));
    EXPECT_EQ(service.clock->elapsed(), 120s);
}

TEST(CallTime, IsNamedInTheErrorAfterTheLastAttempt) {
    SlowService service(0ms, 70s);
    EXPECT_THAT(service.call().error().message(), HasSubstr("Given up after 2 attempts in 120.0 s."));
}

TEST(CallTime, IsNotNamedInAnErrorWithoutRetry) {
    const test::Rig rig({FakeTransport::answer(404, "")});
    EXPECT_THAT(rig.client().listBuilds().error().message(), Not(HasSubstr("Given up")));
}

TEST(CallTime, DoesNotIncludeTheQueueOfTheTransport) {
    SlowService service(10min, 1s);
    const auto page = service.call();
    EXPECT_EQ(page.error().attempts(), 4);
    EXPECT_THAT(page.error().message(), HasSubstr("Given up after 4 attempts in 7.5 s."));
    EXPECT_THAT(service.limits,
                testing::ElementsAre(Limit(120s), Limit(118'500ms), Limit(116'500ms), Limit(113'500ms)));
}

TEST(CallTime, AllowsOneAttemptIfItIsZero) {
    SlowService service(0ms, 70s);
    service.options.retry.maxElapsed = 0ms;
    EXPECT_EQ(service.call().error().attempts(), 1);
    EXPECT_THAT(service.limits, testing::ElementsAre(std::nullopt));
}

TEST(CallTime, CanBeExceededByACustomPolicy) {
    SlowService service(0ms, 70s);
    service.options.retry.custom = [](const Error& error, auto) {
        return error.attempts() < 4 ? std::optional(1ms) : std::nullopt;
    };
    EXPECT_EQ(service.call().error().attempts(), 4);
    for (const Limit& limit : service.limits) EXPECT_GT(limit.value_or(1h), 70s);
}

TEST(CallTime, KeepsTheLastErrorOfACallCancelledInABackoff) {
    const test::Rig rig({test::unavailable()});
    CancellationSource source;
    ClientOptions options = rig.options;
    options.log = [&](LogLevel, std::string_view) { source.cancel(); };  // at the start of the backoff
    const auto page = BuildsClient(AppToken{test::token}, options, rig.transport).listBuilds({}, {}, source.token());
    EXPECT_THAT(page, FailsWith(ErrorKind::cancelled));
    EXPECT_THAT(page.error().message(), HasSubstr("503"));
    EXPECT_EQ(page.error().attempts(), 1);
}

TEST(CallTime, IsTheTimeOfTheWaitIfTheRetryPolicySetsNone) {
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    options.retry.maxElapsed = 0ms;
    Limit limit;
    const BuildsClient client(AppToken{test::token}, options,
                              std::make_shared<FakeTransport>([&limit](const HttpRequest& request) {
                                  if (!limit) limit = request.timeout;
                                  return test::onePage();
                              }));
    WaitOptions wait;
    wait.timeout = 10s;
    (void)client.waitUntilBuildProcessed(BuildSelector::byId("b1"), wait);
    EXPECT_LE(limit.value_or(1h), 11s);
}

}  // namespace
}  // namespace applivery
