/// @file
/// Callbacks that cannot be copied, and other arguments of Callback.
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::onePage;
using test::Rig;

// Returns a callback that owns and sets the promise.
template <typename Outcome>
auto callbackSetting(std::promise<Outcome>& promise) {
    return [own = std::move(promise)](Outcome outcome) mutable { own.set_value(std::move(outcome)); };
}

struct MoveOnlyCallback : testing::Test {
    template <typename Outcome, typename Begin>
    Outcome outcomeOf(Begin begin) {
        std::promise<Outcome> promise;
        auto outcome = promise.get_future();
        begin(callbackSetting(promise));
        EXPECT_EQ(outcome.wait_for(30s), std::future_status::ready);
        return outcome.get();
    }

    const Rig rig{{onePage()}};
    const BuildsClient client = rig.client();
};

TEST_F(MoveOnlyCallback, CompletesACall) {
    EXPECT_TRUE(outcomeOf<Result<BuildPage>>([&](auto done) { client.listBuildsAsync({}, {}, {}, std::move(done)); }));
}

TEST_F(MoveOnlyCallback, CompletesACallAsAPackagedTask) {
    std::packaged_task<void(Result<BuildPage>)> task([](const auto& page) { EXPECT_TRUE(page); });
    auto done = task.get_future();
    client.listBuildsAsync({}, {}, {}, std::move(task));
    EXPECT_EQ(done.wait_for(30s), std::future_status::ready);
}

TEST_F(MoveOnlyCallback, CanReturnAnUnusedValue) {
    std::promise<void> called;
    auto done = called.get_future();
    client.listBuildsAsync({}, {}, {}, [own = std::move(called)](const auto& page) mutable {
        own.set_value();
        return page.has_value();
    });
    EXPECT_EQ(done.wait_for(30s), std::future_status::ready);
}

// std::is_copy_constructible is true for a vector of unique pointers, although no copy compiles.
TEST_F(MoveOnlyCallback, CanHoldAVectorOfMoveOnlyValues) {
    std::vector<std::unique_ptr<std::promise<void>>> promises;
    auto done = promises.emplace_back(std::make_unique<std::promise<void>>())->get_future();
    client.listBuildsAsync({}, {}, {}, [own = std::move(promises)](const auto&) mutable { own.front()->set_value(); });
    EXPECT_EQ(done.wait_for(30s), std::future_status::ready);
}

TEST_F(MoveOnlyCallback, ReceivesTheElementsOfAnIteration) {
    int builds = 0;
    const auto summary = outcomeOf<Result<WalkSummary>>([&](auto done) {
        client.forEachBuild(
            {}, {}, [&builds, own = std::make_unique<int>(1)](const Build&) { return (builds += *own) == 0; },
            std::move(done));
    });
    EXPECT_TRUE(summary);
    EXPECT_EQ(builds, 1);
}

TEST_F(MoveOnlyCallback, ReceivesThePagesOfAnIteration) {
    int pages = 0;
    const auto summary = outcomeOf<Result<WalkSummary>>([&](auto done) {
        client.forEachPage(
            {}, {}, [&pages, own = std::make_unique<int>(1)](const BuildPage&) { return (pages += *own) == 0; },
            std::move(done));
    });
    EXPECT_TRUE(summary);
    EXPECT_EQ(pages, 1);
}

TEST_F(MoveOnlyCallback, ReceivesThePagesOfAStream) {
    PageStream stream = client.pageStream();
    EXPECT_TRUE(outcomeOf<NextPage>([&](auto done) { stream.next(std::move(done)); }));
}

TEST_F(MoveOnlyCallback, CompletesAWait) {
    BuildSelector selector;
    selector.id = "b1";
    WaitOptions wait;
    wait.timeout = 0ms;
    EXPECT_TRUE(outcomeOf<Result<WaitResult>>(
        [&](auto done) { client.waitUntilBuildProcessedAsync(selector, wait, std::move(done)); }));
}

TEST_F(MoveOnlyCallback, RunsWhenATokenIsCancelled) {
    CancellationSource source;
    int runs = 0;
    const CancellationCallback callback(source.token(), [&runs, own = std::make_unique<int>(1)] { runs += *own; });
    source.cancel();
    EXPECT_EQ(runs, 1);
}

// ---- other arguments ----

using Function = Callback<void(int)>::Function;

TEST(CallbackParameter, IsEmptyForNullValues) {
    EXPECT_FALSE(Callback<void(int)>().release());
    EXPECT_FALSE(Callback<void(int)>(nullptr).release());
    EXPECT_FALSE(Callback<void(int)>(Function()).release());
    EXPECT_FALSE(Callback<void(int)>(static_cast<void (*)(int)>(nullptr)).release());
}

TEST(CallbackParameter, CopiesAnLvalue) {
    int calls = 0;
    const Function function = [&](int by) { calls += by; };
    Callback<void(int)>(function).release()(2);
    function(1);
    EXPECT_EQ(calls, 3);
}

// Similar to std::move_only_function of C++23.
struct Nullable {
    Nullable() = default;
    Nullable(Nullable&&) = default;
    friend bool operator==(const Nullable& function, std::nullptr_t) { return function.own == nullptr; }
    void operator()(int) const {}
    std::unique_ptr<int> own{};
};

TEST(CallbackParameter, IsEmptyForAnEmptyMoveOnlyFunction) {
    EXPECT_FALSE(Callback<void(int)>(Nullable()).release());
}

struct Convertible {
    operator Function() const {  // NOLINT(google-explicit-constructor)
        return [](int) {};
    }
};

TEST(CallbackParameter, AcceptsValuesConvertibleToAFunction) {
    EXPECT_TRUE(Callback<void(int)>(Convertible()).release());
}

TEST(CallbackParameter, AcceptsNoFunctionOfOtherArguments) {
    EXPECT_FALSE((std::is_constructible_v<Callback<void(int)>, void (*)(std::unique_ptr<int>)>));
    EXPECT_FALSE((std::is_constructible_v<Callback<void(int)>, int>));
}

}  // namespace
}  // namespace applivery
