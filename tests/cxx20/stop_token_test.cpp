/// @file
/// std::stop_token as a CancellationToken, and designated initializers.
#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <optional>
#ifdef __cpp_lib_jthread
#    include <stop_token>
#endif

namespace applivery {
namespace {

#ifdef __cpp_lib_jthread  // without it, for example in libc++ 14, no header has std::stop_token
TEST(StopToken, CancelsACallWithTheToken) {
    std::stop_source source;
    const CancellationToken token = source.get_token();
    int calls = 0;
    const CancellationCallback callback(token, [&] { ++calls; });
    EXPECT_FALSE(token.isCancelled());
    source.request_stop();
    EXPECT_TRUE(token.isCancelled());
    EXPECT_EQ(calls, 1);
}

TEST(StopToken, IsCancelledIfItWasStoppedBefore) {
    std::stop_source source;
    source.request_stop();
    EXPECT_TRUE(CancellationToken(source.get_token()).isCancelled());
}

TEST(StopToken, IsNeverCancelledWithoutAStopState) {
    EXPECT_FALSE(CancellationToken(std::stop_token{}).canBeCancelled());
}

TEST(StopToken, KeepsACallbackAfterTheTokenIsDestroyed) {
    std::stop_source source;
    int calls = 0;
    const CancellationCallback callback(CancellationToken(source.get_token()), [&] { ++calls; });
    source.request_stop();
    EXPECT_EQ(calls, 1);
}

TEST(StopToken, CanOutliveTheSource) {
    std::optional<std::stop_source> source(std::in_place);
    const CancellationToken token = source->get_token();
    source.reset();
    EXPECT_FALSE(token.isCancelled());
}

TEST(StopToken, CancelsACall) {
    std::stop_source source;
    source.request_stop();
    const BuildsClient client{AppToken{"app-token"}, {.baseUrl = "http://127.0.0.1:1"}};
    EXPECT_EQ(client.listBuilds({}, {}, source.get_token()).error().kind(), ErrorKind::cancelled);
}
#endif

TEST(BuildSelector, TakesDesignatedInitializers) {
    const BuildSelector selector{.versionName = "2.5.0", .os = Os::ios, .anyAge = true};
    EXPECT_EQ(selector.versionName, "2.5.0");
    BuildPoller poller(BuildsClient(AppToken{"app-token"}), {.id = "b1"});
    EXPECT_FALSE(poller.done());
}

}  // namespace
}  // namespace applivery
