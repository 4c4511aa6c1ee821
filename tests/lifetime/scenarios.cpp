// Runs one scenario that is difficult for a library with threads. `applivery_lifetime SCENARIO` exits with 0 if the
// scenario succeeds.
#include "lifetime/scenarios.hpp"

#include <cstdio>
#include <cstdlib>
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
using namespace applivery::lifetime;
using namespace std::chrono_literals;

// ---- exit with calls in flight ----

constexpr const char* unreachableUrl = "http://127.0.0.1:1";  // no server listens there

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
    ClientOptions retrying = options();
    retrying.baseUrl = unreachableUrl;
    retrying.retry.maxAttempts = 100;
    retrying.retry.initialDelay = retrying.retry.maxDelay = 10s;
    static const BuildsClient client = makeClient(retrying);
    startCalls(client);
    return 0;
}

int exitByTheLogger() {
    ClientOptions logging = options();
    logging.baseUrl = unreachableUrl;
    logging.log = [](LogLevel, std::string_view) { std::exit(0); };
    const BuildsClient client = makeClient(logging);
    client.listBuildsAsync().wait();
    return 1;
}

int exitByTheLoggerOfAStatic() {
    ClientOptions logging = options();
    logging.baseUrl = unreachableUrl;
    logging.log = [](LogLevel, std::string_view) { std::exit(0); };
    static const BuildsClient client = makeClient(logging);
    client.listBuildsAsync().wait();
    return 1;
}

int exitByTheLoggerThatDroppedTheLastClient() {
    static std::unique_ptr<BuildsClient> client;
    ClientOptions logging = options();
    logging.baseUrl = unreachableUrl;
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
    ClientOptions retrying = options();
    retrying.baseUrl = unreachableUrl;
    retrying.retry.custom = [](const Error&, auto) { return 500ms; };
    leakedClient = new BuildsClient(makeClient(retrying));
    startCalls(*leakedClient);
    std::this_thread::sleep_for(50ms);  // until the calls are in backoff
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

// Starts a new iteration after each iteration, even after an error.
void walkAgain() {
    leakedClient->forEachPage(
        {}, {}, [](const auto&) { return true; }, [](const auto&) { walkAgain(); });
}

int exitWithAWalkThatBeginsAgain() {
    leakedClient = new BuildsClient(makeClient());
    for (int i = 0; i < 4; ++i) walkAgain();
    return 0;
}

void waitAgain() {
    BuildSelector selector;
    selector.id = "a build that never comes";
    leakedClient->waitUntilBuildProcessedAsync(selector, {}, [](const auto&) { waitAgain(); });
}

int exitWithAWaitThatBeginsAgain() {
    leakedClient = new BuildsClient(makeClient());
    for (int i = 0; i < 4; ++i) waitAgain();
    return 0;
}

int exitWhileAnotherThreadWaits() {
    std::thread([client = makeClient()] { (void)client.listBuilds(); }).detach();
    return 0;
}

// ---- plugins ----

int unload(bool keep) {
    void* const plugin = dlopen(variable("LIFETIME_PLUGIN").c_str(), RTLD_NOW | RTLD_LOCAL);
    if (plugin == nullptr) return std::fprintf(stderr, "%s\n", dlerror()), 1;
    void (*start)(bool) = nullptr;
    void* const symbol = dlsym(plugin, "start");
    std::memcpy(&start, &symbol, sizeof start);
    start(keep);
    if (dlclose(plugin) != 0) return 2;
    return dlopen(variable("LIFETIME_PLUGIN").c_str(), RTLD_NOW | RTLD_NOLOAD) == nullptr ? 0 : 3;
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
    {"exit-with-a-walk-that-begins-again", exitWithAWalkThatBeginsAgain},
    {"exit-with-a-wait-that-begins-again", exitWithAWaitThatBeginsAgain},
    {"exit-while-another-thread-waits", exitWhileAnotherThreadWaits},
    {"unload-destroyed", [] { return unload(false); }},
    {"unload-kept", [] { return unload(true); }},
};

}  // namespace

// A forked child ends without exit handlers: OpenSSL's waits for a lock that a thread of the parent held at the fork.
int main(int argc, char** argv) {
    const std::string name = argc > 1 ? argv[1] : "";
    const pid_t parent = getpid();
    for (const Scenarios* const some : {&scenarios, &scenariosOfChildren(), &scenariosOfResources()}) {
        const auto scenario = some->find(name);
        if (scenario == some->end()) continue;
        const int status = scenario->second();
        if (getpid() != parent) std::_Exit(status);
        return status;
    }
    return 99;
}
