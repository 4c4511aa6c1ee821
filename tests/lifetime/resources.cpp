// Scenarios of system resources and their exhaustion.
#include "lifetime/blocked_lookup.hpp"
#include "lifetime/scenarios.hpp"
#include "support/process_use.hpp"
#include "support/scale.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace applivery::lifetime {
namespace {

using namespace std::chrono_literals;

// ---- exhausted resources ----

int withoutDescriptors() {
    const BuildsClient client = makeClient();
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlimit none{3, limit.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    const auto refused = client.listBuilds();
    setrlimit(RLIMIT_NOFILE, &limit);
    if (refused || refused.error().kind() != ErrorKind::connection) return 2;
    return succeeds(client) ? 0 : 3;
}

// Makes the creation of threads fail, by a default stack size that exceeds the address space.
class WithoutThreads {
public:
    WithoutThreads() {
        pthread_getattr_default_np(&before_);
        pthread_attr_t huge;
        pthread_attr_init(&huge);
        pthread_attr_setstacksize(&huge, std::size_t{1} << 47U);
        pthread_setattr_default_np(&huge);
        pthread_attr_destroy(&huge);
    }
    WithoutThreads(const WithoutThreads&) = delete;
    WithoutThreads& operator=(const WithoutThreads&) = delete;
    ~WithoutThreads() { pthread_setattr_default_np(&before_); }

private:
    pthread_attr_t before_{};
};

int withoutThreads() {
    const BuildsClient client = makeClient();
    {
        const WithoutThreads refusing;
        const auto refused = client.listBuilds();
        if (refused || refused.error().kind() != ErrorKind::connection) return 2;
        if (client.listBuildsAsync().get()) return 3;
    }
    return succeeds(client) ? 0 : 4;
}

int withoutAThreadForTheClock() {
    ClientOptions retrying = options();
    retrying.retry.maxAttempts = 3;
    retrying.retry.initialDelay = 50ms;  // a backoff of zero would not use the clock
    retrying.retry.random = [] { return 1.0; };
    const BuildsClient client = makeClient(retrying);
    if (!succeeds(client)) return 2;
    BuildFilter refused;
    refused.extraParameters = {{"answer", "503"}};
    {
        const WithoutThreads refusing;
        const auto page = client.listBuilds(refused);
        if (page || page.error().kind() != ErrorKind::server || page.error().attempts() != 1) return 3;
        if (client.listBuildsAsync(refused).get()) return 4;
    }
    const auto page = client.listBuilds(refused);
    return !page && page.error().attempts() == 3 ? 0 : 5;
}

int withoutAThreadForCompletions() {
    const BuildsClient client = makeClient();
    if (!succeeds(client)) return 2;  // also starts the network thread
    {
        const WithoutThreads refusing;
        const auto page = client.listBuildsAsync().get();
        if (page || page.error().kind() != ErrorKind::connection) return 3;
        bool isInvokedAtOnce = false;
        client.listBuildsAsync({}, {}, {}, [&](const auto& refused) { isInvokedAtOnce = !refused; });
        if (!isInvokedAtOnce) return 4;
    }
    return client.listBuildsAsync().get() ? 0 : 5;
}

// ---- signals and descriptors ----

int signalsStayWithTheHost() {
    const BuildsClient client = makeClient();
    if (!succeeds(client)) return 2;  // also starts the network thread
    sigset_t awaited;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
    kill(getpid(), SIGUSR1);
    const timespec time{5, 0};
    return sigtimedwait(&awaited, nullptr, &time) == SIGUSR1 ? 0 : 3;
}

// For the child process of the next scenario: returns the number of inherited descriptors besides the standard ones.
int inheritedDescriptors() {
    DIR* const directory = opendir("/proc/self/fd");
    int count = 0;
    while (const dirent* const entry = readdir(directory)) {
        const int descriptor = std::atoi(entry->d_name);
        if (descriptor > 2 && descriptor != dirfd(directory)) ++count;
    }
    closedir(directory);
    return count;
}

int startedProgramsGetNoDescriptor() {
    for (int descriptor = 3; descriptor < 1024; ++descriptor)
        fcntl(descriptor, F_SETFD, FD_CLOEXEC);  // not inherited by the child process
    const BuildsClient client = makeClient();
    if (!succeeds(client)) return 100;
    const pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "scenarios", "inherited-descriptors", nullptr);
        std::_Exit(101);
    }
    return statusOf(pid);
}

// ---- leaks ----

// Makes calls: a third must succeed, and a third must fail. The others are cancelled, unless they succeed earlier.
bool haveExpectedOutcomes(const BuildsClient& client, int count) {
    BuildFilter refused;
    refused.extraParameters = {{"answer", "503"}};
    std::vector<std::future<Result<BuildPage>>> calls;
    for (int i = 0; i < count; ++i) {
        CancellationSource source;
        calls.push_back(client.listBuildsAsync(i % 3 == 1 ? refused : BuildFilter{}, {}, source.token()));
        if (i % 3 == 2) source.cancel();
    }
    int wrong = 0;
    for (int i = 0; i < count; ++i) {
        const auto page = calls[static_cast<std::size_t>(i)].get();
        const bool isExpected = i % 3 == 0   ? page.has_value()
                                : i % 3 == 1 ? !page && page.error().kind() == ErrorKind::server
                                             : page || page.error().kind() == ErrorKind::cancelled;
        wrong += isExpected ? 0 : 1;
    }
    return wrong == 0;
}

int leavesNothing() {
    if (!succeeds(makeClient())) return 2;  // opens the descriptors that other libraries keep
    const test::ProcessUse before = test::processUse();
    {
        const BuildsClient client = makeClient();
        for (int round = 0; round < 10; ++round) {
            if (!haveExpectedOutcomes(client, test::scaled(1'000))) return 3;
        }
    }
    const test::ProcessUse after = test::processUse();
    if (after.descriptors != before.descriptors) return 4;
    return after.threads == before.threads ? 0 : 5;
}

// ---- global state of libcurl ----

int cancelsALookUp() {
    ClientOptions blocked = options();
    blocked.baseUrl = std::string("https://") + blockedHost;
    auto quickest = std::chrono::steady_clock::duration::max();
    for (int run = 0; run < 5; ++run) {
        const BuildsClient client = makeClient(blocked);
        CancellationSource source;
        auto page = client.listBuildsAsync({}, {}, source.token());
        waitForBlockedLookUp();
        const auto start = std::chrono::steady_clock::now();
        source.cancel();
        if (page.get().error().kind() != ErrorKind::cancelled) return 2;
        quickest = std::min(quickest, std::chrono::steady_clock::now() - start);
    }
    return quickest < 100ms ? 0 : 3;
}

// A host program that initializes and cleans up libcurl does not affect clients.
int hostKeepsLibcurl() {
    if (curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK) return 2;
    if (!succeeds(makeClient())) return 3;
    CURL* const handle = curl_easy_init();
    curl_easy_cleanup(handle);
    curl_global_cleanup();
    return succeeds(makeClient()) ? 0 : 4;
}

int trustsOnlyItsBundle() {
    ClientOptions systemAuthorities = options();
    systemAuthorities.caBundle.clear();
    if (!succeeds(makeClient(systemAuthorities))) return 2;  // here, the system trusts the server's authority
    ClientOptions otherAuthority = options();
    otherAuthority.caBundle = variable("LIFETIME_OTHER_CA");
    const auto page = makeClient(otherAuthority).listBuilds();
    return !page && page.error().kind() == ErrorKind::tls ? 0 : 3;
}

}  // namespace

const Scenarios& scenariosOfResources() {
    static const Scenarios scenarios{
        {"without-descriptors", withoutDescriptors},
        {"without-threads", withoutThreads},
        {"without-a-thread-for-the-clock", withoutAThreadForTheClock},
        {"without-a-thread-for-completions", withoutAThreadForCompletions},
        {"signals-stay-with-the-host", signalsStayWithTheHost},
        {"started-programs-get-no-descriptor", startedProgramsGetNoDescriptor},
        {"inherited-descriptors", inheritedDescriptors},
        {"trusts-only-its-bundle", trustsOnlyItsBundle},
        {"leaves-nothing", leavesNothing},
        {"cancels-a-look-up", cancelsALookUp},
        {"host-keeps-libcurl", hostKeepsLibcurl},
    };
    return scenarios;
}

}  // namespace applivery::lifetime
