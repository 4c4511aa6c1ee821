/// @file
/// Whom the program asks, and as whom.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/workspace.hpp>

#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

struct ConnectionOptions {
    std::string tokenFile;                  ///< `-` is standard input; empty: the environment.
    std::string organization;               ///< Empty: the environment.
    std::vector<std::string> applications;  ///< Empty: the environment.
    std::string appsFile;                   ///< Names more of them; read with the command line. Empty: none.
    std::string baseUrl;                    ///< Empty: the environment.
    bool isVerbose = false;                 ///< Each request is told on standard error.
};

/// One app, or several of a workspace.
using Connection = std::variant<BuildsClient, Workspace>;

/// A failure is one of credentials.
[[nodiscard]] Result<Connection> connect(const ConnectionOptions& options);

}  // namespace applivery::program
