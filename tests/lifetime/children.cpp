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

// Forks while a call is in flight. The child runs `child` and returns from main, and must not affect the calls of the
// parent. @return the status of the child, or a number from 2 to 4 if a call of the parent fails.
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

int childWithItsOwnClient() {
    return forked([](auto&) { return succeeds(makeClient()) ? 0 : 5; });
}

int childDropsTheInheritedClient() {
    return forked([](auto& inherited) {
        inherited.reset();
        return succeeds(makeClient()) ? 0 : 5;
    });
}

int childStartsAWalkWithTheInheritedClient() {
    return forked([](auto& inherited) {
        const PageRange range = inherited->pages();
        const auto page = range.begin();
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
        return failures <= 1 ? 0 : 5;  // the page in flight may have arrived before the fork
    }
    return statusOf(pid);
}

int childUsesTheInheritedClient() {
    return forked([](auto& inherited) {
        const auto page = inherited->listBuilds();
        return !page && page.error().kind() == ErrorKind::connection ? 0 : 5;
    });
}

int childCallsWithTheInheritedClientAndACompletion() {
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

int childExitsWithAStaticClient() {
    static const BuildsClient client = makeClient();
    if (!succeeds(client)) return 2;
    (void)client.listBuildsAsync();
    const pid_t pid = fork();
    if (pid == 0) std::exit(0);
    return statusOf(pid);
}

// Forks while a request is in flight. Runs `child` in the child and `parent` in the parent. @return the status of
// `parent` if it is not 0, or else the status of the child.
int inChildAndParent(const std::function<int()>& child, const std::function<int()>& parent) {
    const pid_t pid = fork();
    if (pid == 0) return child();
    const int status = statusOf(pid);
    const int ownStatus = parent();
    return ownStatus != 0 ? ownStatus : status;
}

int childReadsOnInAStream() {
    PageStream stream = makeClient().pageStream();
    std::promise<NextPage> first;
    stream.next([&](NextPage page) { first.set_value(std::move(page)); });
    return inChildAndParent(
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
    return inChildAndParent(
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
    return inChildAndParent(
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

int childPollsWithTheInheritedClient() {
    return forked([](auto& inherited) {
        BuildSelector selector;
        selector.id = "b1";
        BuildPoller poller(*inherited, selector);
        for (int turn = 0; turn < 3; ++turn) (void)poller.poll();
        return !poller.results() && poller.results().error().kind() == ErrorKind::connection ? 0 : 5;
    });
}

int childWalksWithTheInheritedClientAndACompletion() {
    return forked([](auto& inherited) {
        std::optional<ErrorKind> kind;
        inherited->forEachPage(
            {}, {}, [](const auto&) { return true; }, [&](const auto& summary) { kind = summary.error().kind(); });
        return kind == ErrorKind::connection ? 0 : 5;
    });
}

int childWaitsWithTheInheritedClientAndACompletion() {
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
        {"child-calls-with-the-inherited-client-and-a-completion", childCallsWithTheInheritedClientAndACompletion},
        {"child-of-the-logger", childOfTheLogger},
        {"child-with-its-own-client", childWithItsOwnClient},
        {"child-drops-the-inherited-client", childDropsTheInheritedClient},
        {"child-uses-the-inherited-client", childUsesTheInheritedClient},
        {"child-starts-a-walk-with-the-inherited-client", childStartsAWalkWithTheInheritedClient},
        {"child-reads-on-in-a-walk", childReadsOnInAWalk},
        {"child-reads-on-in-a-walk-of-apps", childReadsOnInAWalkOfApps},
        {"child-exits-with-a-static-client", childExitsWithAStaticClient},
        {"child-reads-on-in-a-stream", childReadsOnInAStream},
        {"child-stops-a-stream", childStopsAStream},
        {"child-polls-on-in-a-wait", childPollsOnInAWait},
        {"child-drops-a-running-callback", childDropsARunningCallback},
        {"child-polls-with-the-inherited-client", childPollsWithTheInheritedClient},
        {"child-walks-with-the-inherited-client-and-a-completion", childWalksWithTheInheritedClientAndACompletion},
        {"child-waits-with-the-inherited-client-and-a-completion", childWaitsWithTheInheritedClientAndACompletion},
    };
    return scenarios;
}

}  // namespace applivery::lifetime
