/// @file
/// What the programs of these tests have in common: the server that they were told of, and calls to it.
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

/// Four calls that nobody waits for.
inline void startCalls(const BuildsClient& client) {
    for (int i = 0; i < 4; ++i) (void)client.listBuildsAsync();
}

/// Whether a whole call goes well.
inline bool succeeds(const BuildsClient& client) {
    return client.listBuilds().has_value();
}

/// How a child ended, as a shell tells it.
inline int statusOf(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) != child) return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// By name. What each returns is the process's exit code; 0 is well.
using Scenarios = std::map<std::string, int (*)()>;

/// What a forked child may do with what it inherited, and with clients of its own.
[[nodiscard]] const Scenarios& scenariosOfChildren();

/// What the library takes of the system, and what it does where it gets nothing.
[[nodiscard]] const Scenarios& scenariosOfResources();

}  // namespace applivery::lifetime
