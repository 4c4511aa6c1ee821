/// @file
/// Copying, moving, cancelling and destroying clients during calls.
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::BrokenClock;
using test::checkBlockingAndAsyncCall;
using test::clientOf;
using test::FailsWith;
using test::onePage;
using test::Rig;
using test::token;
using test::unavailable;

TEST(BuildsClient, CancelsItsCallsWhenTheLastCopyIsDestroyed) {
    auto client = std::make_unique<BuildsClient>(AppToken{token}, ClientOptions{},
                                                 std::make_shared<FakeTransport>(FakeTransport::silence()));
    auto copy = std::make_unique<BuildsClient>(*client);
    auto page = client->listBuildsAsync();
    client.reset();
    EXPECT_EQ(page.wait_for(0s), std::future_status::timeout);
    copy.reset();
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, FailsWithAnExplanationAfterAMove) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    // NOLINTNEXTLINE(bugprone-use-after-move): tests a moved-from object
    checkBlockingAndAsyncCall(client, [](const auto& page) {
        ASSERT_FALSE(page);
        EXPECT_THAT(page, FailsWith(ErrorKind::invalidArgument));
    });
    EXPECT_TRUE(newOwner.listBuilds());
}

TEST(BuildsClient, CancelsABlockingCallWhenItIsDestroyed) {
    std::promise<void> sent;
    std::optional<BuildsClient> client = clientOf([&](const HttpRequest&) {
        sent.set_value();
        return FakeTransport::silence();
    });
    auto page = std::async(std::launch::async, [&] { return client->listBuilds(); });
    sent.get_future().wait();
    client.reset();
    ASSERT_EQ(page.wait_for(10s), std::future_status::ready);
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, DoesNotKeepTheTransportAliveDuringACall) {
    const auto transport = std::make_shared<FakeTransport>(FakeTransport::silence());
    std::optional<BuildsClient> client(std::in_place, AppToken{token}, ClientOptions{}, transport);
    auto page = client->listBuildsAsync();
    client.reset();
    EXPECT_EQ(transport.use_count(), 1);
    EXPECT_THAT(page.get(), FailsWith(ErrorKind::cancelled));
}

TEST(BuildsClient, KeepsTheLastErrorWhenItIsCancelledInABackoff) {
    CancellationSource source;
    Rig rig({unavailable()});
    rig.options.clock = std::make_shared<BrokenClock>([&](auto wake) {
        source.cancel();
        wake();
    });
    const auto page = rig.client().listBuilds({}, {}, source.token());
    ASSERT_FALSE(page);
    EXPECT_THAT(page, FailsWith(ErrorKind::cancelled));
    EXPECT_NE(page.error().message().find("503"), std::string::npos) << page.error();
}

}  // namespace
}  // namespace applivery
