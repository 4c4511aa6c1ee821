/// @file
/// Callbacks of calls: thread, time, and permitted operations.
#include "core/worker_thread.hpp"
#include "support/matchers.hpp"
#include "support/rig.hpp"

#include <applivery/applivery.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace applivery {
namespace {

using namespace std::chrono_literals;
using test::clientOf;
using test::FailsWith;
using test::onePage;
using test::Rig;
using test::token;
using testing::Contains;
using testing::HasSubstr;

// The outcome of a call and the thread of the callback.
struct CallOutcome {
    Result<BuildPage> page;
    std::thread::id thread;
    bool isLibraryThread;
};

// Stores the outcome of a call.
class CallbackRecorder {
public:
    [[nodiscard]] std::function<void(Result<BuildPage>)> done() {
        return [promise = promise_](Result<BuildPage> page) {
            promise->set_value({std::move(page), std::this_thread::get_id(),
                                detail::WorkerThread::isCurrent()});  // throws at a second call
        };
    }
    [[nodiscard]] CallOutcome wait() {
        auto outcome = promise_->get_future();
        EXPECT_EQ(outcome.wait_for(30s), std::future_status::ready);
        return outcome.get();
    }

private:
    std::shared_ptr<std::promise<CallOutcome>> promise_ = std::make_shared<std::promise<CallOutcome>>();
};

TEST(Callback, ReceivesThePageOnAThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    CallbackRecorder recorder;
    client.listBuildsAsync({}, {}, {}, recorder.done());
    const CallOutcome outcome = recorder.wait();
    EXPECT_TRUE(outcome.page);
    EXPECT_TRUE(outcome.isLibraryThread);
}

TEST(Callback, IsNotInvokedOnTheNetworkThread) {
    std::thread::id network;
    std::optional<std::thread> networkThread;
    const BuildsClient client = test::clientOfTransport([&](auto&, auto done) {
        networkThread.emplace([&network, done] {
            network = std::this_thread::get_id();
            done(onePage());
        });
    });
    CallbackRecorder recorder;
    client.listBuildsAsync({}, {}, {}, recorder.done());
    const CallOutcome outcome = recorder.wait();
    networkThread->join();
    EXPECT_NE(outcome.thread, network);
    EXPECT_NE(outcome.thread, std::this_thread::get_id());
}

TEST(Callback, ReceivesARefusedCallOnAThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    Page page;
    page.number = 0;
    CallbackRecorder recorder;
    client.listBuildsAsync({}, page, {}, recorder.done());
    const CallOutcome outcome = recorder.wait();
    EXPECT_THAT(outcome.page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(outcome.isLibraryThread);
}

TEST(Callback, ReceivesAnInvalidCredentialOnAThreadOfTheLibrary) {
    const BuildsClient client(AppToken{""});
    CallbackRecorder recorder;
    client.listBuildsAsync({}, {}, {}, recorder.done());
    const CallOutcome outcome = recorder.wait();
    EXPECT_THAT(outcome.page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(outcome.isLibraryThread);
}

TEST(Callback, IsInvokedAtOnceIfTheClientWasMovedFrom) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    std::optional<ErrorKind> kind;
    client.listBuildsAsync({}, {}, {},
                           [&](const auto& page) {  // NOLINT(bugprone-use-after-move): tests a moved-from object
                               kind = page.error().kind();
                           });
    EXPECT_EQ(kind, ErrorKind::invalidArgument);
}

TEST(Callback, IsInvokedOnceIfItThrowsForARefusedCall) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient newOwner = std::move(client);
    int calls = 0;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {  // NOLINT(bugprone-use-after-move): tests a moved-from object
        ++calls;
        throw std::runtime_error("no");
    });
    EXPECT_EQ(calls, 1);
}

TEST(Callback, LogsItsExceptionForARefusedCall) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    {
        const BuildsClient client = rig.client();
        Page page;
        page.number = 0;
        client.listBuildsAsync({}, page, {}, [](const auto&) { throw std::runtime_error("no"); });
    }
    EXPECT_THAT(*lines, Contains(HasSubstr("the completion of a call threw an exception: no")));
}

TEST(Callback, CanBeNull) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    client.listBuildsAsync({}, {}, {}, nullptr);
    EXPECT_TRUE(client.listBuildsAsync().get());  // completes after the first call
    EXPECT_EQ(rig.transport->requests().size(), 2U);
}

TEST(Callback, ReceivesACancelledCallIfTheTransportIgnoresTheCancellation) {
    const auto callbacks = std::make_shared<std::vector<std::function<void(Result<HttpResponse>)>>>();
    const BuildsClient client = test::clientOfTransport([&](auto&, auto done) { callbacks->push_back(done); });
    CancellationSource source;
    CallbackRecorder recorder;
    client.listBuildsAsync({}, {}, source.token(), recorder.done());
    source.cancel();
    EXPECT_THAT(recorder.wait().page, FailsWith(ErrorKind::cancelled));
    callbacks->front()(onePage());  // has no effect
}

// ---- permitted operations ----

TEST(Callback, CanStartACall) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    CallbackRecorder second;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { client.listBuildsAsync({}, {}, {}, second.done()); });
    EXPECT_TRUE(second.wait().page);
}

TEST(Callback, CannotWaitOnTheThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    std::promise<Result<BuildPage>> waited;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { waited.set_value(client.listBuilds()); });
    EXPECT_THAT(waited.get_future().get(), FailsWith(ErrorKind::invalidArgument));
}

TEST(Callback, ReceivesARefusedFutureOnTheThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    std::promise<Result<BuildPage>> waited;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {
        auto page = client.listBuildsAsync();
        if (page.wait_for(5s) == std::future_status::ready) return waited.set_value(page.get());
        waited.set_value(Error(ErrorKind::timeout, "the future never became ready"));
    });
    const Result<BuildPage> page = waited.get_future().get();
    ASSERT_THAT(page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_THAT(page.error().message(), HasSubstr("Use the overload with a callback."));
    EXPECT_EQ(rig.transport->requests().size(), 1U);
}

TEST(Callback, CanDestroyTheClientAndCancelTheOtherCalls) {
    int requests = 0;
    std::optional<BuildsClient> client = clientOf([&](const HttpRequest&) {
        return ++requests == 2 ? FakeTransport::Answer(onePage()) : FakeTransport::silence();
    });
    CallbackRecorder other;
    client->listBuildsAsync({}, {}, {}, other.done());
    std::promise<void> destroyed;
    client->listBuildsAsync({}, {}, {}, [&](const auto&) {
        client.reset();
        destroyed.set_value();
    });
    destroyed.get_future().get();
    EXPECT_THAT(other.wait().page, FailsWith(ErrorKind::cancelled));
}

TEST(Callback, IsInvokedBeforeTheDestructorReturns) {
    constexpr int count = 100;
    std::atomic<int> cancelled{0};
    {
        const BuildsClient client(AppToken{token}, {}, test::transportOf({FakeTransport::silence()}));
        for (int i = 0; i < count; ++i) {
            client.listBuildsAsync({}, {}, {}, [&](const auto& page) {
                cancelled += !page && page.error().kind() == ErrorKind::cancelled ? 1 : 0;
            });
        }
    }
    EXPECT_EQ(cancelled, count);
}

TEST(Callback, LogsItsExceptionWithoutTheToken) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    {
        const BuildsClient client = rig.client();
        client.listBuildsAsync({}, {}, {}, [](const auto&) { throw std::runtime_error(std::string("no ") + token); });
    }
    EXPECT_THAT(*lines, Contains(HasSubstr("the completion of a call threw an exception: no [redacted]")));
}

// ---- threads ----

TEST(Callback, SharesItsThreadBetweenTheAppsOfAWorkspace) {
    const Workspace workspace(ServiceAccountToken{token}, "acme", {}, test::transportOf({onePage()}));
    std::vector<std::thread::id> threads;
    for (const char* const app : {"shop", "bank"}) {
        CallbackRecorder recorder;
        workspace.app(app).listBuildsAsync({}, {}, {}, recorder.done());
        threads.push_back(recorder.wait().thread);
    }
    EXPECT_EQ(threads.at(0), threads.at(1));
}

}  // namespace
}  // namespace applivery
