/// @file
/// Lifetime of clients, threads and processes. Each scenario runs in its own process, which must exit with 0.
#include "mock_server/build_generator.hpp"
#include "mock_server/sample_workspace.hpp"
#include "mock_server/test_certificates.hpp"
#include "support/process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>

namespace applivery {
namespace {

namespace sample = mock::sample;
using mock::MockServer;
using test::Outcome;

// Returns the number of runs of a scenario with a race.
int runs() {
    const char* const value = std::getenv("APPLIVERY_LIFETIME_RUNS");
    return value != nullptr ? std::atoi(value) : 10;
}

std::string nameOf(const testing::TestParamInfo<const char*>& scenario) {
    std::string name = scenario.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

mock::MockServerOptions overTls(std::chrono::milliseconds delay) {
    mock::MockServerOptions options;
    options.tls = true;
    options.delay = delay;
    return options;
}

class Lifetime : public testing::TestWithParam<const char*> {
protected:
    explicit Lifetime(std::chrono::milliseconds delay = std::chrono::milliseconds{0}) : server(overTls(delay)) {
        sample::addTo(server, mock::generateBuilds(3));
        server.setHook([](const mock::RecordedRequest& request) -> std::optional<mock::ScriptedResponse> {
            if (request.parameter("answer") == "503") return mock::gatewayError(503);
            return std::nullopt;
        });
    }

    [[nodiscard]] Outcome run(const std::string& scenario, const std::string& prefix = {}) const {
        // A leak checker reports memory of the parent's threads in a child, and memory of an unloaded plugin.
        const bool hasFalseLeaks = scenario.find("child") == 0 || scenario.find("unload") == 0;
        return test::runInShell(std::string(hasFalseLeaks ? "export ASAN_OPTIONS=detect_leaks=0; " : "") +
                                "export LIFETIME_URL=" + server.baseUrl() + " LIFETIME_CA=" + server.caFile() +
                                " LIFETIME_TOKEN=" + sample::appToken + " LIFETIME_PLUGIN=" +
                                APPLIVERY_LIFETIME_PLUGIN + " LIFETIME_OTHER_CA=" + otherCertificates.caFile() + "; " +
                                prefix + " timeout -s ABRT 60 " + APPLIVERY_LIFETIME_PROGRAM + ' ' + scenario);
    }

    MockServer server;
    mock::TestCertificates otherCertificates;
};

TEST_P(Lifetime, ExitsCleanly) {
    const Outcome outcome = run(GetParam());
    EXPECT_EQ(outcome.code, 0) << outcome.text;
}

INSTANTIATE_TEST_SUITE_P(
    OfAProcess, Lifetime,
    testing::Values("child-reads-on-in-a-stream", "child-stops-a-stream", "child-drops-a-running-callback",
                    "child-polls-on-in-a-wait", "child-polls-with-the-inherited-client",
                    "child-walks-with-the-inherited-client-and-a-completion",
                    "child-waits-with-the-inherited-client-and-a-completion", "exit-by-the-logger",
                    "exit-by-the-logger-of-a-static", "exit-by-the-logger-that-dropped-the-last-client",
                    "exit-by-a-completion", "exit-by-a-completion-that-dropped-the-last-client",
                    "exit-with-a-policy-that-never-gives-up", "exit-with-a-completion-that-asks-again",
                    "exit-with-a-walk-that-begins-again", "exit-with-a-wait-that-begins-again", "in-backoff",
                    "child-uses-the-inherited-client", "child-calls-with-the-inherited-client-and-a-completion",
                    "child-exits-with-a-static-client", "without-descriptors", "without-threads",
                    "without-a-thread-for-the-clock", "without-a-thread-for-completions", "signals-stay-with-the-host",
                    "started-programs-get-no-descriptor", "leaves-nothing", "cancels-a-look-up", "host-keeps-libcurl"),
    nameOf);

#ifndef __SANITIZE_THREAD__  // ThreadSanitizer does not support new threads in a child of a process with threads
INSTANTIATE_TEST_SUITE_P(OfAChild, Lifetime,
                         testing::Values("child-with-its-own-client", "child-drops-the-inherited-client",
                                         "child-of-the-logger", "child-of-a-completion",
                                         "child-starts-a-walk-with-the-inherited-client", "child-reads-on-in-a-walk",
                                         "child-reads-on-in-a-walk-of-apps"),
                         nameOf);
#endif

// No response arrives before the process ends. Connections are then in any state.
class LifetimeWithCallsInFlight : public Lifetime {
protected:
    LifetimeWithCallsInFlight() : Lifetime(std::chrono::seconds{30}) {}
};

TEST_P(LifetimeWithCallsInFlight, ExitsCleanly) {
    for (int i = 0; i < runs(); ++i) {
        const Outcome outcome = run(GetParam());
        ASSERT_EQ(outcome.code, 0) << "run " << i << ": " << outcome.text;
    }
}

INSTANTIATE_TEST_SUITE_P(OfAProcess, LifetimeWithCallsInFlight,
                         testing::Values("destroyed", "kept-by-a-static", "leaked", "exit-while-another-thread-waits",
                                         "unload-destroyed", "unload-kept"),
                         nameOf);

// Runs in its own mount namespace, in which the system trusts the server's authority.
TEST_F(Lifetime, TrustsNoSystemAuthoritiesBesideABundle) {
    const mock::TemporaryDirectory certificates;
    const std::string directory = certificates.path().string();
    const Outcome outcome =
        run("trusts-only-its-bundle", "cp \"$LIFETIME_CA\" " + directory + "/ca.pem && openssl rehash " + directory +
                                          " && cp " + directory + "/ca.pem " + directory +
                                          "/ca-certificates.crt && exec unshare --map-root-user --mount sh -c "
                                          "'mount --bind " +
                                          directory + " /etc/ssl/certs && exec \"$@\"' sh");
    EXPECT_EQ(outcome.code, 0) << outcome.text;
}

}  // namespace
}  // namespace applivery
