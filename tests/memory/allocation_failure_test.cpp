/// @file
/// Allocation failures at every point of a call. None may end the process, throw an exception or affect the next call.
#include "memory/failing_allocator.hpp"
#include "memory/server_process.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;

BuildsClient makeClient(bool keepsAll = false) {
    ClientOptions options;
    options.baseUrl = "http://127.0.0.1:" + std::to_string(test::serverPort());
    options.keepRawJson = keepsAll;
    options.keepUnknownFields = keepsAll;
    options.retry.initialDelay = 1ms;
    options.log = [](LogLevel, std::string_view) {};
    return BuildsClient(AppToken{"app-token-0123456789"}, options);
}

// Runs the call with a failure at each allocation in turn. @return the number of allocations.
template <typename Call>
long failEachPoint(Call call) {
    for (long point = 0;; ++point) {
        const BuildsClient client = makeClient(point % 2 == 0);
        test::failAllocation(point);
        const bool isWell = call(client);
        if (!test::hasAllocationFailed()) {
            EXPECT_TRUE(isWell);
            return point;
        }
        const auto next = client.listBuilds();
        EXPECT_TRUE(next) << "after a failure at point " << point << ": " << next.error();
    }
}

TEST(AllocationFailure, FailsOnlyTheCall) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            return client.listBuilds().has_value();
        } catch (...) {
            ADD_FAILURE() << "it threw";
            return false;
        }
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, EndsARefusedIteration) {
    const long points = failEachPoint([](const BuildsClient&) {
        try {
            const Workspace workspace{ServiceAccountToken{"service-token-0123456789"}, "organization"};
            WalkOptions options;
            options.prefetch = 0;
            int elements = 0;
            for (const auto& build : workspace.builds({"app"}, {}, options))
                elements += build.build.has_value() ? 2 : 1;
            return elements == 1;
        } catch (const std::bad_alloc&) {
            return false;  // creating the iteration failed
        }
    });
    EXPECT_GT(points, 10);
}

TEST(AllocationFailure, FailsOnlyTheAsynchronousCall) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            return client.listBuildsAsync().get().has_value();
        } catch (const std::bad_alloc&) {
            return false;  // creating the future failed
        } catch (...) {
            ADD_FAILURE() << "it threw something else";
            return false;
        }
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, ReachesOnlyTheCallbackOfTheCall) {
    const long points = failEachPoint([](const BuildsClient& client) {
        std::atomic<int> calls{0};
        std::atomic<bool> isWell{false};
        try {
            client.listBuildsAsync({}, {}, {}, [&](const auto& page) {
                isWell = page.has_value();
                ++calls;
            });
        } catch (const std::bad_alloc&) {
            return false;  // copying the arguments failed
        }
        while (calls == 0) std::this_thread::yield();
        EXPECT_EQ(calls, 1);
        return isWell.load();
    });
    EXPECT_GT(points, 50);
}

// Reads a range with three builds for each app. @return whether all builds arrived. The test fails if builds are
// missing without an error.
template <typename Range, typename IsFailure>
bool hasAll(const Range& range, std::size_t apps, IsFailure isFailure) {
    std::size_t builds = 0;
    std::size_t failures = 0;
    for (const auto& element : range) isFailure(element) ? ++failures : ++builds;
    EXPECT_TRUE(failures > 0 || builds == 3 * apps) << builds << " builds, and no failure";
    return failures == 0;
}

TEST(AllocationFailure, IsTheLastElementOfAnIteration) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            return hasAll(client.builds(), 1, [](const Result<Build>& build) { return !build; });
        } catch (const std::bad_alloc&) {
            return false;  // creating the range or an element failed
        } catch (...) {
            ADD_FAILURE() << "it threw something else";
            return false;
        }
    });
    EXPECT_GT(points, 100);
}

TEST(AllocationFailure, IsTheLastElementOfAnAppOfAnIteration) {
    const long points = failEachPoint([](const BuildsClient&) {
        try {
            ClientOptions options;
            options.baseUrl = "http://127.0.0.1:" + std::to_string(test::serverPort());
            options.retry.initialDelay = 1ms;
            const Workspace workspace(ServiceAccountToken{"service-token-0123456789"}, "acme", options);
            return hasAll(workspace.builds({"bank", "shop"}), 2, [](const AppBuild& app) { return !app.build; });
        } catch (const std::bad_alloc&) {
            return false;
        } catch (...) {
            ADD_FAILURE() << "it threw something else";
            return false;
        }
    });
    EXPECT_GT(points, 100);
}

// Creates an object with a failure at each allocation in turn. @return the number of allocations.
template <typename Make>
long failEachPointOf(Make make) {
    for (long point = 0;; ++point) {
        test::failAllocation(point);
        bool isMade = false;
        try {
            make();
            isMade = true;
        } catch (const std::bad_alloc&) {
            isMade = false;
        } catch (...) {
            ADD_FAILURE() << "it threw something else at point " << point;
        }
        if (!test::hasAllocationFailed()) {
            EXPECT_TRUE(isMade);
            return point;
        }
    }
}

TEST(AllocationFailure, IsTheOnlyExceptionOfAClient) {
    const long points = failEachPointOf([] {
        ClientOptions options;
        options.maxRequestsPerSecond = 1000;
        options.caBundle = "/a/path/that/is/longer/than/a/small/string";
        const BuildsClient client(AppToken{"app-token-0123456789"}, options);
        const BuildsClient copy = client;
        (void)copy.builds();
        (void)copy.pages();
        (void)copy.pageStream();
    });
    EXPECT_GT(points, 10);
}

TEST(AllocationFailure, IsTheOnlyExceptionOfAWorkspace) {
    const long points = failEachPointOf([] {
        const Workspace workspace(ServiceAccountToken{"service-token-0123456789"}, "an-organization-of-some-length");
        const Workspace copy = workspace;
        const BuildsClient client = copy.app("an-application-of-some-length");
        (void)copy.builds({"an-application-of-some-length", "shop"});
    });
    EXPECT_GT(points, 10);
}

// Only the waiting call fails, and the call leaves the queue.
TEST(AllocationFailure, FailsOnlyTheCallInTheRateLimit) {
    ClientOptions options;
    options.clock = std::make_shared<VirtualClock>();
    options.maxRequestsPerSecond = 1;
    const auto transport = std::make_shared<FakeTransport>(
        [](const HttpRequest&) { return FakeTransport::answer(200, R"({"status":true,"data":{"items":[]}})"); });
    const BuildsClient client(AppToken{"app-token-0123456789"}, options, transport);
    EXPECT_TRUE(client.listBuilds());
    const long points = failEachPointOf([&] {
        if (!client.listBuilds()) throw std::bad_alloc();
    });
    EXPECT_GT(points, 20);
    EXPECT_TRUE(client.listBuilds());
    EXPECT_LE(options.clock->now().time_since_epoch(), std::chrono::seconds{points + 3});
}

// Starts an operation and waits for its callback, which must be invoked exactly once. If the operation cannot start,
// the callback is not invoked. @return whether the operation succeeded.
template <typename Begin>
bool endsOnce(Begin begin) {
    std::atomic<int> calls{0};
    std::atomic<bool> isWell{false};
    try {
        begin([&](const auto& outcome) {
            isWell = outcome.has_value();
            ++calls;
        });
    } catch (const std::bad_alloc&) {
        EXPECT_EQ(calls, 0);
        return false;
    }
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (calls == 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_EQ(calls, 1);
    return isWell;
}

TEST(AllocationFailure, EndsAnAsynchronousIteration) {
    const long points = failEachPoint([](const BuildsClient& client) {
        std::atomic<int> builds{0};
        const bool isWell = endsOnce([&](const auto& done) {
            client.forEachBuild(
                {}, {}, [&](const Build&) { return ++builds > 0; }, done);
        });
        EXPECT_TRUE(!isWell || builds == 3) << builds << " builds, and no failure";
        return isWell;
    });
    EXPECT_GT(points, 100);
}

// A transient failure costs a wait one check and the time to the next check.
WaitOptions impatient() {
    WaitOptions options;
    options.minDelay = options.maxDelay = 1ms;
    return options;
}

TEST(AllocationFailure, EndsAnAsynchronousWait) {
    BuildSelector selector;
    selector.id = "b2";
    const long points = failEachPoint([&](const BuildsClient& client) {
        return endsOnce([&](const auto& done) { client.waitUntilBuildProcessedAsync(selector, impatient(), done); });
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, LosesNoErrorOfAnIteration) {
    BuildFilter refused;
    refused.versionName = "refused";
    const long points = failEachPoint([&](const BuildsClient& client) {
        return !endsOnce([&](const auto& done) {
            client.forEachPage(
                refused, {}, [](const auto&) { return true; }, done);
        });
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, LosesNoExceptionOfTheFunctionOfAnIteration) {
    const long points = failEachPoint([](const BuildsClient& client) {
        return !endsOnce([&](const auto& done) {
            client.forEachPage(
                {}, {}, [](const auto&) -> bool { throw std::runtime_error("the disk is full by now"); }, done);
        });
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, LosesNoRefusalOfACall) {
    Page none;
    none.number = 0;
    const long points = failEachPoint([&](const BuildsClient& client) {
        return !endsOnce([&](const auto& done) { client.listBuildsAsync({}, none, {}, done); });
    });
    EXPECT_GT(points, 5);
}

TEST(AllocationFailure, LosesNoRefusalOfAWait) {
    const long points = failEachPoint([&](const BuildsClient& client) {
        return !endsOnce([&](const auto& done) { client.waitUntilBuildProcessedAsync({}, {}, done); });
    });
    EXPECT_GT(points, 10);
}

// Waits until this number of callbacks were invoked.
bool becomes(const std::atomic<int>& invoked, int count) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (invoked < count && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return invoked == count;
}

NextPage nextOf(PageStream& stream) {
    std::promise<NextPage> result;
    stream.next([&](NextPage page) { result.set_value(std::move(page)); });
    return result.get_future().get();
}

TEST(AllocationFailure, EndsAStreamOfPages) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            PageStream stream = client.pageStream();
            NextPage page = nextOf(stream);
            while (page && *page) page = nextOf(stream);
            if (!page) return stream.summary().builds == 3;
            EXPECT_FALSE(nextOf(stream)) << "a failure is the last";
            return false;
        } catch (const std::bad_alloc&) {
            return false;
        }
    });
    EXPECT_GT(points, 100);
}

TEST(AllocationFailure, LosesNoCallbackOfAStream) {
    const long points = failEachPoint([](const BuildsClient& client) {
        int accepted = 0;
        std::atomic<int> invoked{0};
        try {
            PageStream stream = client.pageStream();
            for (; accepted < 2; ++accepted) stream.next([&](const NextPage&) { ++invoked; });
            EXPECT_TRUE(becomes(invoked, accepted));
        } catch (const std::bad_alloc&) {  // destroying the stream cancels the waiting call
            EXPECT_TRUE(becomes(invoked, accepted));
            return false;
        }
        return true;
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, EndsAPoller) {
    BuildSelector selector;
    selector.id = "b1";
    const long points = failEachPoint([&](const BuildsClient& client) {
        try {
            BuildPoller poller(client, selector, impatient());
            while (!poller.poll()) std::this_thread::sleep_for(1ms);
            return poller.results().has_value();
        } catch (const std::bad_alloc&) {
            return false;
        }
    });
    EXPECT_GT(points, 50);
}

}  // namespace
}  // namespace applivery
