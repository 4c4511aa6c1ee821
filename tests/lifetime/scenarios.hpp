/// @file
/// Helpers of the scenarios: the server and calls to the server.
#pragma once

#include <applivery/applivery.hpp>

#include <cstdlib>
#include <map>
#include <string>
#include <sys/types.h>
#include <sys/wait.h>

namespace applivery::lifetime {

inline std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

inline ClientOptions options() {
    ClientOptions options;
    options.baseUrl = variable("LIFETIME_URL");
    options.caBundle = variable("LIFETIME_CA");
    options.retry.maxAttempts = 1;
    return options;
}

inline BuildsClient makeClient(const ClientOptions& clientOptions = options()) {
    return BuildsClient(AppToken{variable("LIFETIME_TOKEN")}, clientOptions);
}

/// Starts four calls without waiting.
inline void startCalls(const BuildsClient& client) {
    for (int i = 0; i < 4; ++i) (void)client.listBuildsAsync();
}

/// Returns whether a call succeeds.
inline bool succeeds(const BuildsClient& client) {
    return client.listBuilds().has_value();
}

/// Returns the exit code of a child, or 128 plus the signal's number.
inline int statusOf(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// Scenarios by name. A scenario returns the exit code of the process, 0 for success.
using Scenarios = std::map<std::string, int (*)()>;

/// Scenarios of forked children with inherited and new clients.
[[nodiscard]] const Scenarios& scenariosOfChildren();

/// Scenarios of system resources and their exhaustion.
[[nodiscard]] const Scenarios& scenariosOfResources();

}  // namespace applivery::lifetime
