// Scenarios of forked children with inherited and new clients.
#include "lifetime/scenarios.hpp"

#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <utility>

namespace applivery::lifetime {
namespace {

using namespace std::chrono_literals;

// The child returns from main. The calls of the parent must not be affected.
int forked(const std::function<int(std::unique_ptr<BuildsClient>& inherited)>& child) {
    auto client = std::make_unique<BuildsClient>(makeClient());
    auto call = client->listBuildsAsync();
    if (!succeeds(*client)) return 2;
    const pid_t pid = fork();
    if (pid == 0) return child(client);
    const int status = statusOf(pid);
    if (!call.get()) return 3;
    return succeeds(*client) ? status : 4;
}

int childWithItsOwn() {
    return forked([](auto&) { return succeeds(makeClient()) ? 0 : 5; });
}

int childDropsTheInherited() {
    return forked([](auto& inherited) {
        inherited.reset();
        return succeeds(makeClient()) ? 0 : 5;
    });
}

int childReadsTheInheritedWalk() {
    return forked([](auto& inherited) {
        const PageRange range = inherited->pages();
        const auto page = range.begin();  // started in the child with a client of the parent
        return page != range.end() && !*page && page->error().kind() == ErrorKind::connection ? 0 : 5;
    });
}

int childReadsOnInAWalkOfApps() {
    const Workspace workspace(ServiceAccountToken{"service-token"}, "acme", options());
    const AppBuildRange range = workspace.builds({"bank", "shop", "news"});
    auto element = range.begin();
    const pid_t pid = fork();
    if (pid == 0) {
        int failures = 0;
        for (; element != range.end(); ++element) failures += element->build ? 0 : 1;
        return failures >= 1 ? 0 : 5;
    }
    return statusOf(pid);
}

int childReadsOnInAWalk() {
    const BuildsClient client = makeClient();
    const PageRange range = client.pages();
    auto page = range.begin();
    const pid_t pid = fork();
    if (pid == 0) {
        int failures = 0;
        for (; page != range.end(); ++page) failures += *page ? 0 : 1;
        return failures <= 1 ? 0 : 5;  // ends by the failure or regularly
    }
    return statusOf(pid);
}

int childUsesTheInherited() {
    return forked([](auto& inherited) {
        const auto page = inherited->listBuilds();
        return !page && page.error().kind() == ErrorKind::connection ? 0 : 5;
    });
}

int childCallsTheInheritedWithACompletion() {
    return forked([](auto& inherited) {
        std::optional<ErrorKind> kind;
        inherited->listBuildsAsync({}, {}, {}, [&](const auto& page) { kind = page.error().kind(); });
        return kind == ErrorKind::connection ? 0 : 5;  // invoked at once: the child has no thread of the library
    });
}

// Forks on the thread of callbacks, which is an ordinary thread in the child.
int childOfACompletion() {
    std::promise<int> status;
    const BuildsClient client = makeClient();
    client.listBuildsAsync({}, {}, {}, [&](const auto&) {
        const pid_t pid = fork();
        if (pid == 0) std::_Exit(makeClient().listBuildsAsync().get() ? 0 : 5);
        status.set_value(statusOf(pid));
    });
    return status.get_future().get();
}

// Forks on a thread of the library.
int childOfTheLogger() {
    static int status = 100;
    ClientOptions logging = options();
    logging.log = [](LogLevel, std::string_view) {
        const pid_t pid = fork();
        if (pid == 0) std::_Exit(succeeds(makeClient()) ? 0 : 5);
        status = statusOf(pid);
    };
    return succeeds(makeClient(logging)) && makeClient(logging).listBuildsAsync().get() ? status : 2;
}

int childExitsWithAStatic() {
    static const BuildsClient client = makeClient();
    if (!succeeds(client)) return 2;
    (void)client.listBuildsAsync();
    const pid_t pid = fork();
    if (pid == 0) std::exit(0);
    return statusOf(pid);
}

// Continues in the parent or in the child of an iteration or wait with a request in flight. @return the status of the
// child.
int inBoth(const std::function<int()>& child, const std::function<int()>& parent) {
    const pid_t pid = fork();
    if (pid == 0) return child();
    const int status = statusOf(pid);
    const int own = parent();
    return own != 0 ? own : status;
}

int childReadsOnInAStream() {
    PageStream stream = makeClient().pageStream();
    std::promise<NextPage> first;
    stream.next([&](NextPage page) { first.set_value(std::move(page)); });
    return inBoth(
        [&] {
            std::optional<ErrorKind> kind;
            stream.next([&](const NextPage& page) { kind = page && !*page ? page->error().kind() : kind; });
            bool hasEnded = false;
            stream.next([&](const NextPage& page) { hasEnded = !page; });
            return kind == ErrorKind::connection && hasEnded
                       ? 0
                       : 5;  // invoked at once: the child has no thread of the library
        },
        [&] {
            const NextPage page = first.get_future().get();
            return page && *page ? 0 : 3;
        });
}

int childStopsAStream() {
    PageStream stream = makeClient().pageStream();
    std::promise<NextPage> first;
    stream.next([&](NextPage page) { first.set_value(std::move(page)); });
    return inBoth(
        [&] {
            stream.stop();
            return stream.summary().builds == 0 ? 0 : 5;
        },
        [&] {
            const NextPage page = first.get_future().get();
            return page && *page ? 0 : 3;
        });
}

int childPollsOnInAWait() {
    BuildSelector selector;
    selector.id = "a build that never comes";
    BuildPoller poller(makeClient(), selector);
    (void)poller.poll();
    return inBoth(
        [&] {
            if (!poller.poll() || !poller.done()) return 5;
            const auto results = poller.results();
            return !results && results.error().kind() == ErrorKind::connection ? 0 : 6;
        },
        [&] {
            while (poller.nextDelay() < 1s && !poller.poll()) std::this_thread::yield();
            return poller.results() && !poller.done() ? 0 : 3;  // the build was not found yet
        });
}

int childDropsARunningCallback() {
    CancellationSource source;
    std::promise<void> hasStarted;
    std::promise<void> mayReturn;
    auto callback = std::make_unique<CancellationCallback>(source.token(), [&] {
        hasStarted.set_value();
        mayReturn.get_future().wait();
    });
    std::thread canceller([&] { source.cancel(); });
    hasStarted.get_future().wait();
    const pid_t pid = fork();
    if (pid == 0) {
        callback.reset();
        std::_Exit(0);
    }
    const int status = statusOf(pid);
    mayReturn.set_value();
    canceller.join();
    return status;
}

int childBeginsToPollWithTheInherited() {
    return forked([](auto& inherited) {
        BuildSelector selector;
        selector.id = "b1";
        BuildPoller poller(*inherited, selector);
        for (int turn = 0; turn < 3; ++turn) (void)poller.poll();
        return !poller.results() && poller.results().error().kind() == ErrorKind::connection ? 0 : 5;
    });
}

int childWalksTheInheritedWithACompletion() {
    return forked([](auto& inherited) {
        std::optional<ErrorKind> kind;
        inherited->forEachPage(
            {}, {}, [](const auto&) { return true; }, [&](const auto& summary) { kind = summary.error().kind(); });
        return kind == ErrorKind::connection ? 0 : 5;
    });
}

int childWaitsWithTheInheritedAndACompletion() {
    return forked([](auto& inherited) {
        BuildSelector selector;
        selector.id = "b1";
        std::optional<ErrorKind> kind;
        inherited->waitUntilBuildProcessedAsync(selector, {},
                                                [&](const auto& result) { kind = result.error().kind(); });
        return kind == ErrorKind::connection ? 0 : 5;
    });
}

}  // namespace

const Scenarios& scenariosOfChildren() {
    static const Scenarios scenarios{
        {"child-of-a-completion", childOfACompletion},
        {"child-calls-the-inherited-with-a-completion", childCallsTheInheritedWithACompletion},
        {"child-of-the-logger", childOfTheLogger},
        {"child-with-its-own", childWithItsOwn},
        {"child-drops-the-inherited", childDropsTheInherited},
        {"child-uses-the-inherited", childUsesTheInherited},
        {"child-reads-the-inherited-walk", childReadsTheInheritedWalk},
        {"child-reads-on-in-a-walk", childReadsOnInAWalk},
        {"child-reads-on-in-a-walk-of-apps", childReadsOnInAWalkOfApps},
        {"child-exits-with-a-static", childExitsWithAStatic},
        {"child-reads-on-in-a-stream", childReadsOnInAStream},
        {"child-stops-a-stream", childStopsAStream},
        {"child-polls-on-in-a-wait", childPollsOnInAWait},
        {"child-drops-a-running-callback", childDropsARunningCallback},
        {"child-begins-to-poll-with-the-inherited", childBeginsToPollWithTheInherited},
        {"child-walks-the-inherited-with-a-completion", childWalksTheInheritedWithACompletion},
        {"child-waits-with-the-inherited-and-a-completion", childWaitsWithTheInheritedAndACompletion},
    };
    return scenarios;
}

}  // namespace applivery::lifetime
