/// @file
/// The rate of requests, and the pauses that the service asks for.
#include "client/pace.hpp"

#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

namespace applivery::detail {
namespace {

using namespace std::chrono_literals;
using test::transportOf;

constexpr Pace::Time start{1h};

std::shared_ptr<FakeTransport> emptyLists() {
    return transportOf({FakeTransport::answer(BuildPage{})});
}

TEST(Pace, WithoutALimitNothingWaits) {
    const auto pace = Pace::of(emptyLists(), std::nullopt);
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(pace->reserve(start), 0ms);
}

TEST(Pace, ASecondsWorthGoesAtOnceAndTheRestAtTheRate) {
    const auto pace = Pace::of(emptyLists(), 4);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(pace->reserve(start), 0ms);
    EXPECT_EQ(pace->reserve(start), 250ms);
    EXPECT_EQ(pace->reserve(start), 500ms);
    EXPECT_EQ(pace->reserve(start + 10s), 0ms) << "the bucket is full again";
}

TEST(Pace, LessThanOneASecondGoesOneByOne) {
    const auto pace = Pace::of(emptyLists(), 0.5);
    EXPECT_EQ(pace->reserve(start), 0ms);
    EXPECT_EQ(pace->reserve(start), 2000ms);
}

TEST(Pace, APauseHoldsEverythingBack) {
    const auto pace = Pace::of(emptyLists(), std::nullopt);
    pace->pauseUntil(start + 3s);
    pace->pauseUntil(start + 1s);
    EXPECT_EQ(pace->reserve(start + 1s), 2000ms);
    EXPECT_EQ(pace->reserve(start + 3s), 0ms);
}

TEST(Pace, AfterAPauseTheyGoAtTheRateToo) {
    const auto pace = Pace::of(emptyLists(), 1);
    pace->pauseUntil(start + 60s);
    EXPECT_EQ(pace->reserve(start), 60s);
    EXPECT_EQ(pace->reserve(start), 61s);
}

TEST(Pace, ClientsOfATransportShareTheLowest) {
    const auto transport = emptyLists();
    const auto one = Pace::of(transport, 10);
    const auto other = Pace::of(transport, 1);
    EXPECT_EQ(one, other);
    EXPECT_EQ(one->reserve(start), 0ms);
    EXPECT_EQ(other->reserve(start), 1000ms);
    EXPECT_NE(Pace::of(emptyLists(), 1), one);
}

TEST(Pace, CallsKeepToIt) {
    ClientOptions options;
    const auto clock = std::make_shared<VirtualClock>();
    options.clock = clock;
    options.maxRequestsPerSecond = 1;
    const auto transport = emptyLists();
    const Workspace workspace(ServiceAccountToken{"service-token"}, "acme", options, transport);
    for (const char* app : {"shop", "bank", "shop"}) EXPECT_TRUE(workspace.app(app).listBuilds());
    EXPECT_EQ(clock->delays(), (std::vector<std::chrono::milliseconds>{1000ms, 1000ms}));
}

TEST(Pace, APlaceThatIsGivenBackIsTheNextOnes) {
    const auto pace = Pace::of(emptyLists(), 1);
    EXPECT_EQ(pace->reserve(start), 0ms);
    EXPECT_EQ(pace->reserve(start), 1000ms);
    pace->giveBack();
    EXPECT_EQ(pace->reserve(start), 1000ms);
}

TEST(Pace, ACallThatIsCancelledGivesItsPlaceBack) {
    ClientOptions options;
    options.maxRequestsPerSecond = 0.001;
    const auto transport = emptyLists();
    const BuildsClient client(AppToken{"app-token"}, options, transport);
    EXPECT_TRUE(client.listBuilds());
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) {
        CancellationSource source;
        auto page = client.listBuildsAsync({}, {}, source.token());
        source.cancel();
        EXPECT_EQ(page.get().error().kind(), ErrorKind::cancelled);
    }
    EXPECT_LE(Pace::of(transport, std::nullopt)->reserve(before), 1000s + 1s);
    EXPECT_EQ(transport->requests().size(), 1U);
}

TEST(Pace, ATurnThatComesAfterTheCallMayLastIsNotWaitedFor) {
    const auto transport = transportOf({test::unavailable()});
    ClientOptions options;
    const auto clock = std::make_shared<VirtualClock>();
    options.clock = clock;
    options.maxRequestsPerSecond = 0.001;
    const Result<BuildPage> page = BuildsClient(AppToken{"app-token"}, options, transport).listBuilds();
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().kind(), ErrorKind::server);
    EXPECT_NE(page.error().message().find("maxRequestsPerSecond"), std::string::npos) << page.error();
    EXPECT_LE(clock->elapsed(), options.retry.maxElapsed);
}

TEST(Pace, A429HoldsBackTheOtherClientsOfTheTransport) {
    const auto transport = std::make_shared<FakeTransport>(FakeTransport::answer(429, "", {{"Retry-After", "7"}}),
                                                           FakeTransport::answer(BuildPage{}));
    const auto pace = Pace::of(transport, std::nullopt);
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    const auto before = options.clock->now();
    EXPECT_TRUE(BuildsClient(AppToken{"app-token"}, options, transport).listBuilds());
    EXPECT_EQ(pace->reserve(before), 7000ms);
}

TEST(Pace, A429ThatIsNotTriedAgainHoldsThemBackToo) {
    const auto transport = transportOf({FakeTransport::answer(429, "", {{"Retry-After", "3600"}})});
    const auto pace = Pace::of(transport, std::nullopt);
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    EXPECT_FALSE(BuildsClient(AppToken{"app-token"}, options, transport).listBuilds());
    EXPECT_EQ(pace->reserve(options.clock->now()), 2min) << "but not for longer than a call may last";
}

TEST(Pace, ARateThatIsNoneIsRefused) {
    for (const double rate : {0.0, -1.0, std::nan("")}) {
        ClientOptions options;
        options.maxRequestsPerSecond = rate;
        const BuildsClient client(AppToken{"app-token"}, options, emptyLists());
        EXPECT_EQ(client.listBuilds().error().kind(), ErrorKind::invalidArgument) << rate;
    }
}

}  // namespace
}  // namespace applivery::detail
