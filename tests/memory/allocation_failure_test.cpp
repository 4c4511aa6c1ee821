/// @file
/// Every point of a call at which memory can be refused, one after the other. None may end the process, throw through
/// the facade, or spoil the next call.
#include "memory/failing_allocator.hpp"
#include "mock_server/connection_handlers.hpp"

#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <unistd.h>
#include <utility>

namespace applivery {
namespace {

using namespace std::chrono_literals;

int serverPort = 0;

// In a process of its own, whose memory is never refused. Each connection gets a failure first, so that calls also
// wait.
void serve(int portWriter, int endReader) {
    const mock::RawServer server([](mock::Connection& connection) {
        bool isFirst = true;
        while (const auto head = connection.readRequestHead()) {
            if (head->find("versionName=refused") != std::string::npos) {
                if (!connection.write(mock::raw::response(401, "no token, no builds"))) break;
                continue;
            }
            const std::string page = head->substr(head->find("page=") + 5, 1);
            const auto bytes =
                isFirst ? mock::raw::response(503, "<html>busy, try again in a little while</html>")
                        : mock::raw::response(
                              200, R"({"status":true,"data":{"totalPages":3,"items":[{"id":"b)" + page +
                                       R"(","status":"processed","changelog":"more text than fits into a string",)" +
                                       R"("deployer":{"name":"ci"},"uploadedBy":"u1","files":[{"key":"k"}]}]}})");
            if (!connection.write(bytes)) break;
            isFirst = false;
        }
    });
    const int port = server.port();
    char end = 0;
    if (write(portWriter, &port, sizeof port) == sizeof port) (void)!read(endReader, &end, 1);
}

BuildsClient makeClient(bool keepsAll = false) {
    ClientOptions options;
    options.baseUrl = "http://127.0.0.1:" + std::to_string(serverPort);
    options.keepRawJson = keepsAll;
    options.keepUnknownFields = keepsAll;
    options.retry.initialDelay = 1ms;
    options.log = [](LogLevel, std::string_view) {};
    return BuildsClient(AppToken{"app-token-0123456789"}, options);
}

// Runs the call with a failure at each point in turn. @return how many points there were.
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

TEST(AllocationFailure, IsAnErrorOfThatCallAlone) {
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

TEST(AllocationFailure, EndsAnIterationWhoseOptionsAreRefused) {
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
            return false;  // not even the iteration could be made
        }
    });
    EXPECT_GT(points, 10);
}

TEST(AllocationFailure, IsAnErrorOfThatAsynchronousCallAlone) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            return client.listBuildsAsync().get().has_value();
        } catch (const std::bad_alloc&) {
            return false;  // not even the future could be made
        } catch (...) {
            ADD_FAILURE() << "it threw something else";
            return false;
        }
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, IsToldToTheCompletionOfThatCallAlone) {
    const long points = failEachPoint([](const BuildsClient& client) {
        std::atomic<int> told{0};
        std::atomic<bool> isWell{false};
        try {
            client.listBuildsAsync({}, {}, {}, [&](const auto& page) {
                isWell = page.has_value();
                ++told;
            });
        } catch (const std::bad_alloc&) {
            return false;  // the arguments could not even be handed over
        }
        while (told == 0) std::this_thread::yield();
        EXPECT_EQ(told, 1);
        return isWell.load();
    });
    EXPECT_GT(points, 50);
}

// Reads a range that holds three builds an app. @return whether all came; a range that lost some without a failure is a
// failure of the test.
template <typename Range, typename IsFailure>
bool hasAll(const Range& range, std::size_t apps, IsFailure isFailure) {
    std::size_t builds = 0;
    std::size_t failures = 0;
    for (const auto& element : range) isFailure(element) ? ++failures : ++builds;
    EXPECT_TRUE(failures > 0 || builds == 3 * apps) << builds << " builds, and no failure";
    return failures == 0;
}

TEST(AllocationFailure, IsTheLastElementOfAWalk) {
    const long points = failEachPoint([](const BuildsClient& client) {
        try {
            return hasAll(client.builds(), 1, [](const Result<Build>& build) { return !build; });
        } catch (const std::bad_alloc&) {
            return false;  // not even the range could be made, or an element to tell it
        } catch (...) {
            ADD_FAILURE() << "it threw something else";
            return false;
        }
    });
    EXPECT_GT(points, 100);
}

TEST(AllocationFailure, IsTheLastElementOfAnAppThatIsWalked) {
    const long points = failEachPoint([](const BuildsClient&) {
        try {
            ClientOptions options;
            options.baseUrl = "http://127.0.0.1:" + std::to_string(serverPort);
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

// Makes it with a failure at each point in turn. @return how many points there were.
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

TEST(AllocationFailure, IsAllThatAClientThrows) {
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

TEST(AllocationFailure, IsAllThatAWorkspaceThrows) {
    const long points = failEachPointOf([] {
        const Workspace workspace(ServiceAccountToken{"service-token-0123456789"}, "an-organization-of-some-length");
        const Workspace copy = workspace;
        const BuildsClient client = copy.app("an-application-of-some-length");
        (void)copy.builds({"an-application-of-some-length", "shop"});
    });
    EXPECT_GT(points, 10);
}

// A call that waits for its slot fails alone, and the queue keeps nothing of it.
TEST(AllocationFailure, IsAnErrorOfThatCallThatWaitsForTheRateLimit) {
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

// Begins what is to tell its end exactly once, and waits for that. Where it cannot even begin, it tells nothing.
// @return whether it ended well.
template <typename Begin>
bool endsOnce(Begin begin) {
    std::atomic<int> told{0};
    std::atomic<bool> isWell{false};
    try {
        begin([&](const auto& outcome) {
            isWell = outcome.has_value();
            ++told;
        });
    } catch (const std::bad_alloc&) {
        EXPECT_EQ(told, 0);
        return false;
    }
    const auto patience = std::chrono::steady_clock::now() + 30s;
    while (told == 0 && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    EXPECT_EQ(told, 1);
    return isWell;
}

TEST(AllocationFailure, EndsAWalkThatDoesNotWait) {
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

// A failure in passing costs a wait one check, and the time to the next.
WaitOptions impatient() {
    WaitOptions options;
    options.minDelay = options.maxDelay = 1ms;
    return options;
}

TEST(AllocationFailure, EndsAWaitThatTakesNoThread) {
    BuildSelector selector;
    selector.id = "b2";
    const long points = failEachPoint([&](const BuildsClient& client) {
        return endsOnce([&](const auto& done) { client.waitUntilBuildProcessedAsync(selector, impatient(), done); });
    });
    EXPECT_GT(points, 50);
}

TEST(AllocationFailure, LosesNoFailureOfAWalk) {
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

TEST(AllocationFailure, LosesNoExceptionOfTheFunctionOfAWalk) {
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
    EXPECT_GT(points, 10);
}

TEST(AllocationFailure, LosesNoRefusalOfAWait) {
    const long points = failEachPoint([&](const BuildsClient& client) {
        return !endsOnce([&](const auto& done) { client.waitUntilBuildProcessedAsync({}, {}, done); });
    });
    EXPECT_GT(points, 10);
}

// Waits until so many callbacks were invoked.
bool becomes(const std::atomic<int>& invoked, int count) {
    const auto patience = std::chrono::steady_clock::now() + 30s;
    while (invoked < count && std::chrono::steady_clock::now() < patience) std::this_thread::yield();
    return invoked == count;
}

NextPage nextOf(PageStream& stream) {
    std::promise<NextPage> told;
    stream.next([&](NextPage page) { told.set_value(std::move(page)); });
    return told.get_future().get();
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
        } catch (const std::bad_alloc&) {  // the stream is destroyed: the call that waits is cancelled
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

int main(int argc, char** argv) {
    int port[2];
    int end[2];
    if (pipe(port) != 0 || pipe(end) != 0) return 1;
    if (fork() == 0) {
        close(end[1]);
        applivery::serve(port[1], end[0]);
        std::_Exit(0);
    }
    close(end[0]);
    if (read(port[0], &applivery::serverPort, sizeof applivery::serverPort) <= 0) return 1;
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
