// Ends a process in each way that is hard on a library with threads. `lives SCENARIO`; 0 is well.
#include "lives/scenarios.hpp"

#include <cstdio>
#include <cstring>
#include <dlfcn.h>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace applivery;
using namespace applivery::lives;
using namespace std::chrono_literals;

// ---- exit with calls in flight ----

int destroyed() {
    startCalls(makeClient());
    return 0;
}

int keptByAStatic() {
    static const BuildsClient client = makeClient();
    startCalls(client);
    return 0;
}

const BuildsClient* leakedClient = nullptr;

int leaked() {
    leakedClient = new BuildsClient(makeClient());
    startCalls(*leakedClient);
    return 0;
}

int inBackoff() {
    ClientOptions patient = options();
    patient.baseUrl = "http://127.0.0.1:1";  // nobody answers there
    patient.retry.maxAttempts = 100;
    patient.retry.initialDelay = patient.retry.maxDelay = 10s;
    static const BuildsClient client = makeClient(patient);
    startCalls(client);
    return 0;
}

int exitByTheLogger() {
    ClientOptions logging = options();
    logging.baseUrl = "http://127.0.0.1:1";
    logging.log = [](LogLevel, std::string_view) { std::exit(0); };
    const BuildsClient client = makeClient(logging);
    client.listBuildsAsync().wait();
    return 1;
}

int exitByTheLoggerOfAStatic() {
    ClientOptions logging = options();
    logging.baseUrl = "http://127.0.0.1:1";
    logging.log = [](LogLevel, std::string_view) { std::exit(0); };
    static const BuildsClient client = makeClient(logging);
    client.listBuildsAsync().wait();
    return 1;
}

int exitByTheLoggerThatDroppedTheLastClient() {
    static std::unique_ptr<BuildsClient> client;
    ClientOptions logging = options();
    logging.baseUrl = "http://127.0.0.1:1";
    logging.log = [](LogLevel, std::string_view) {
        client.reset();
        std::exit(0);
    };
    client = std::make_unique<BuildsClient>(makeClient(logging));
    client->listBuildsAsync().wait();
    return 1;
}

int exitByACompletion() {
    const BuildsClient client = makeClient();
    startCalls(client);
    client.listBuildsAsync({}, {}, {}, [](const auto&) { std::exit(0); });
    std::this_thread::sleep_for(30s);
    return 1;
}

int exitByACompletionThatDroppedTheLastClient() {
    static std::unique_ptr<BuildsClient> client = std::make_unique<BuildsClient>(makeClient());
    startCalls(*client);
    client->listBuildsAsync({}, {}, {}, [](const auto&) {
        client.reset();
        std::exit(0);
    });
    std::this_thread::sleep_for(30s);
    return 1;
}

int exitWithAPolicyThatNeverGivesUp() {
    ClientOptions stubborn = options();
    stubborn.baseUrl = "http://127.0.0.1:1";
    stubborn.retry.custom = [](const Error&, auto) { return 500ms; };
    leakedClient = new BuildsClient(makeClient(stubborn));
    startCalls(*leakedClient);
    std::this_thread::sleep_for(50ms);  // until they wait
    return 0;
}

struct AskAgain {
    void operator()(const Result<BuildPage>&) const { leakedClient->listBuildsAsync({}, {}, {}, *this); }
};

int exitWithACompletionThatAsksAgain() {
    leakedClient = new BuildsClient(makeClient());
    for (int i = 0; i < 4; ++i) leakedClient->listBuildsAsync({}, {}, {}, AskAgain{});
    return 0;
}

int exitWhileAnotherThreadWaits() {
    std::thread([client = makeClient()] { (void)client.listBuilds(); }).detach();
    return 0;
}

// ---- plugins ----

int unload(bool keep) {
    void* const plugin = dlopen(variable("LIVES_PLUGIN").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (plugin == nullptr) return std::fprintf(stderr, "%s\n", dlerror()), 1;
    void (*start)(bool) = nullptr;
    void* const symbol = dlsym(plugin, "start");
    std::memcpy(&start, &symbol, sizeof start);
    start(keep);
    if (dlclose(plugin) != 0) return 2;
    return dlopen(variable("LIVES_PLUGIN").c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr ? 0 : 3;
}

// ---- fork ----

// The child returns from main; the parent's calls must not suffer from what the child does.
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
        const auto page = range.begin();  // begun in the child: its client is the parent's
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
        std::exit(failures >= 1 ? 0 : 5);
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
        std::exit(failures <= 1 ? 0 : 5);  // it ends, by the failure or by itself
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
        return kind == ErrorKind::connection ? 0 : 5;  // told at once: there is no thread that could
    });
}

// On the thread of completions, which in the child is an ordinary one.
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

// On a thread of the library.
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

const Scenarios scenarios{
    {"destroyed", destroyed},
    {"kept-by-a-static", keptByAStatic},
    {"leaked", leaked},
    {"in-backoff", inBackoff},
    {"exit-by-the-logger", exitByTheLogger},
    {"exit-by-the-logger-of-a-static", exitByTheLoggerOfAStatic},
    {"exit-by-the-logger-that-dropped-the-last-client", exitByTheLoggerThatDroppedTheLastClient},
    {"exit-by-a-completion", exitByACompletion},
    {"exit-by-a-completion-that-dropped-the-last-client", exitByACompletionThatDroppedTheLastClient},
    {"exit-with-a-policy-that-never-gives-up", exitWithAPolicyThatNeverGivesUp},
    {"exit-with-a-completion-that-asks-again", exitWithACompletionThatAsksAgain},
    {"child-of-a-completion", childOfACompletion},
    {"child-calls-the-inherited-with-a-completion", childCallsTheInheritedWithACompletion},
    {"child-of-the-logger", childOfTheLogger},
    {"exit-while-another-thread-waits", exitWhileAnotherThreadWaits},
    {"unload-destroyed", [] { return unload(false); }},
    {"unload-kept", [] { return unload(true); }},
    {"child-with-its-own", childWithItsOwn},
    {"child-drops-the-inherited", childDropsTheInherited},
    {"child-uses-the-inherited", childUsesTheInherited},
    {"child-reads-the-inherited-walk", childReadsTheInheritedWalk},
    {"child-reads-on-in-a-walk", childReadsOnInAWalk},
    {"child-reads-on-in-a-walk-of-apps", childReadsOnInAWalkOfApps},
    {"child-exits-with-a-static", childExitsWithAStatic},
};

}  // namespace

int main(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "";
    for (const Scenarios* const some : {&scenarios, &scenariosOfResources()}) {
        const auto scenario = some->find(name);
        if (scenario != some->end()) return scenario->second();
    }
    return 99;
}
