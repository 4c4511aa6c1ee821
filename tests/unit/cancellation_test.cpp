/// @file
/// Cancellation tokens, sources and callbacks.
#include <applivery/cancellation.hpp>

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

namespace applivery {
namespace {

TEST(Cancellation, IsImpossibleWithoutASource) {
    const CancellationToken token;
    EXPECT_FALSE(token.canBeCancelled());
    EXPECT_FALSE(token.isCancelled());
}

TEST(Cancellation, ReachesEarlierTokens) {
    CancellationSource source;
    const CancellationToken token = source.token();
    EXPECT_FALSE(token.isCancelled());
    source.cancel();
    EXPECT_TRUE(token.isCancelled());
}

TEST(Cancellation, IsSharedByCopiesOfASource) {
    CancellationSource source;
    CancellationSource copy = source;
    copy.cancel();
    EXPECT_TRUE(source.token().isCancelled());
}

TEST(Cancellation, RunsACallbackOnce) {
    CancellationSource source;
    int runs = 0;
    const CancellationCallback callback(source.token(), [&] { ++runs; });
    source.cancel();
    source.cancel();
    EXPECT_EQ(runs, 1);
}

TEST(Cancellation, RunsACallbackAtOnceIfItHasHappened) {
    CancellationSource source;
    source.cancel();
    bool ran = false;
    const CancellationCallback callback(source.token(), [&] { ran = true; });
    EXPECT_TRUE(ran);
}

TEST(Cancellation, DoesNotRunADestroyedCallback) {
    CancellationSource source;
    bool ran = false;
    {
        const CancellationCallback callback(source.token(), [&] { ran = true; });
    }
    source.cancel();
    EXPECT_FALSE(ran);
}

TEST(Cancellation, AllowsACallbackToDestroyItself) {
    CancellationSource source;
    std::unique_ptr<CancellationCallback> callback;
    callback = std::make_unique<CancellationCallback>(source.token(), [&] { callback.reset(); });
    source.cancel();
    EXPECT_EQ(callback, nullptr);
}

TEST(Cancellation, LetsADestructorWaitForARunningCallback) {
    CancellationSource source;
    std::promise<void> entered;
    std::promise<void> released;
    bool finished = false;
    auto callback = std::make_unique<CancellationCallback>(source.token(), [&] {
        entered.set_value();
        released.get_future().wait();
        finished = true;
    });
    std::thread canceller([&] { source.cancel(); });
    entered.get_future().wait();
    std::thread releaser([&] { released.set_value(); });
    callback.reset();
    EXPECT_TRUE(finished);
    canceller.join();
    releaser.join();
}

TEST(Cancellation, IgnoresExceptionsOfACallback) {
    CancellationSource source;
    const CancellationCallback before(source.token(), [] { throw std::runtime_error("no"); });
    bool called = false;
    const CancellationCallback another(source.token(), [&] { called = true; });
    source.cancel();
    EXPECT_TRUE(called);
    EXPECT_NO_THROW(CancellationCallback(source.token(), [] { throw std::runtime_error("no"); }));
}

}  // namespace
}  // namespace applivery
