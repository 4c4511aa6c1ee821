/// @file
/// Calls that tell their outcome to a function: where, when, and what that function may do.
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

// What a call told, and on which thread.
struct Told {
    Result<BuildPage> page;
    std::thread::id thread;
    bool isOfTheLibrary;
};

class Teller {
public:
    [[nodiscard]] std::function<void(Result<BuildPage>)> done() {
        return [promise = promise_](Result<BuildPage> page) {
            promise->set_value(
                {std::move(page), std::this_thread::get_id(), detail::WorkerThread::isCurrent()});  // throws if twice
        };
    }
    [[nodiscard]] Told wait() {
        auto told = promise_->get_future();
        EXPECT_EQ(told.wait_for(30s), std::future_status::ready);
        return told.get();
    }

private:
    std::shared_ptr<std::promise<Told>> promise_ = std::make_shared<std::promise<Told>>();
};

TEST(Callback, IsToldThePageOnAThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    Teller teller;
    client.listBuildsAsync({}, {}, {}, teller.done());
    const Told told = teller.wait();
    EXPECT_TRUE(told.page);
    EXPECT_TRUE(told.isOfTheLibrary);
}

TEST(Callback, IsNotCalledOnTheThreadThatBringsTheAnswer) {
    std::thread::id network;
    std::optional<std::thread> bringing;
    const BuildsClient client = test::clientOfSender([&](auto&, auto done) {
        bringing.emplace([&network, done] {
            network = std::this_thread::get_id();
            done(onePage());
        });
    });
    Teller teller;
    client.listBuildsAsync({}, {}, {}, teller.done());
    const Told told = teller.wait();
    bringing->join();
    EXPECT_NE(told.thread, network);
    EXPECT_NE(told.thread, std::this_thread::get_id());
}

TEST(Callback, ARefusedCallIsToldThereToo) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    Page page;
    page.number = 0;
    Teller teller;
    client.listBuildsAsync({}, page, {}, teller.done());
    const Told told = teller.wait();
    EXPECT_THAT(told.page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(told.isOfTheLibrary);
}

TEST(Callback, ABadCredentialIsToldThereToo) {
    const BuildsClient client(AppToken{""});
    Teller teller;
    client.listBuildsAsync({}, {}, {}, teller.done());
    const Told told = teller.wait();
    EXPECT_THAT(told.page, FailsWith(ErrorKind::invalidArgument));
    EXPECT_TRUE(told.isOfTheLibrary);
}

TEST(Callback, OfAClientThatWasMovedFromIsCalledAtOnce) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient heir = std::move(client);
    std::optional<ErrorKind> kind;
    client.listBuildsAsync({}, {}, {}, [&](const auto& page) {  // NOLINT(bugprone-use-after-move): that is the test
        kind = page.error().kind();
    });
    EXPECT_EQ(kind, ErrorKind::invalidArgument);
}

TEST(Callback, ThatThrowsAtARefusalIsCalledOnce) {
    const Rig rig({onePage()});
    BuildsClient client = rig.client();
    const BuildsClient heir = std::move(client);
    int calls = 0;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {  // NOLINT(bugprone-use-after-move): that is the test
        ++calls;
        throw std::runtime_error("no");
    });
    EXPECT_EQ(calls, 1);
}

TEST(Callback, WhatItThrowsAtARefusalIsLogged) {
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

TEST(Callback, ThatIsNullTellsNobody) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    client.listBuildsAsync({}, {}, {}, nullptr);
    EXPECT_TRUE(client.listBuildsAsync().get());  // behind it
    EXPECT_EQ(rig.transport->requests().size(), 2U);
}

TEST(Callback, IsToldOfACancelledCallThatTheTransportForgot) {
    const auto forgetful = std::make_shared<std::vector<std::function<void(Result<HttpResponse>)>>>();
    const BuildsClient client = test::clientOfSender([&](auto&, auto done) { forgetful->push_back(done); });
    CancellationSource source;
    Teller teller;
    client.listBuildsAsync({}, {}, source.token(), teller.done());
    source.cancel();
    EXPECT_THAT(teller.wait().page, FailsWith(ErrorKind::cancelled));
    forgetful->front()(onePage());  // comes to nothing
}

// ---- what it may do ----

TEST(Callback, MayStartACall) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    Teller second;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { client.listBuildsAsync({}, {}, {}, second.done()); });
    EXPECT_TRUE(second.wait().page);
}

TEST(Callback, MayNotWaitOnTheThreadOfTheLibrary) {
    const Rig rig({onePage()});
    const BuildsClient client = rig.client();
    std::promise<Result<BuildPage>> waited;
    client.listBuildsAsync({}, {}, {}, [&](const auto&) { waited.set_value(client.listBuilds()); });
    EXPECT_THAT(waited.get_future().get(), FailsWith(ErrorKind::invalidArgument));
}

TEST(Callback, GetsARefusedFutureOnTheThreadOfTheLibrary) {
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
    EXPECT_THAT(page.error().message(), HasSubstr("Use the form that calls a function."));
    EXPECT_EQ(rig.transport->requests().size(), 1U);
}

TEST(Callback, MayDestroyTheClientAndTheOthersAreCancelled) {
    int requests = 0;
    std::optional<BuildsClient> client = clientOf([&](const HttpRequest&) {
        return ++requests == 2 ? FakeTransport::Answer(onePage()) : FakeTransport::silence();
    });
    Teller other;
    client->listBuildsAsync({}, {}, {}, other.done());
    std::promise<void> destroyed;
    client->listBuildsAsync({}, {}, {}, [&](const auto&) {
        client.reset();
        destroyed.set_value();
    });
    destroyed.get_future().get();
    EXPECT_THAT(other.wait().page, FailsWith(ErrorKind::cancelled));
}

TEST(Callback, HasBeenCalledWhenTheDestructorReturns) {
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

TEST(Callback, WhatItThrowsIsLoggedWithoutTheToken) {
    Rig rig({onePage()});
    const auto lines = rig.keepLog();
    {
        const BuildsClient client = rig.client();
        client.listBuildsAsync({}, {}, {}, [](const auto&) { throw std::runtime_error(std::string("no ") + token); });
    }
    EXPECT_THAT(*lines, Contains(HasSubstr("the completion of a call threw an exception: no [redacted]")));
}

// ---- threads ----

TEST(Callback, AppsOfAWorkspaceShareTheThread) {
    const Workspace workspace(ServiceAccountToken{token}, "acme", {}, test::transportOf({onePage()}));
    std::vector<std::thread::id> threads;
    for (const char* const app : {"shop", "bank"}) {
        Teller teller;
        workspace.app(app).listBuildsAsync({}, {}, {}, teller.done());
        threads.push_back(teller.wait().thread);
    }
    EXPECT_EQ(threads.at(0), threads.at(1));
}

}  // namespace
}  // namespace applivery
