/// @file
/// Whom the program asks, and as whom.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/workspace.hpp>

#include <cstddef>
#include <memory>
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

    /// How many apps are asked for; one that is named twice counts once.
    [[nodiscard]] std::size_t applicationCount() const;
};

/// One app, or several of a workspace.
using Connection = std::variant<BuildsClient, Workspace>;

/// How the program's clients behave.
[[nodiscard]] ClientOptions clientOptions(const ConnectionOptions& options);

/// A failure is one of credentials.
/// @param transport the one to use; null makes one.
[[nodiscard]] Result<Connection> connect(const ConnectionOptions& options,
                                         const std::shared_ptr<HttpTransport>& transport = nullptr);

}  // namespace applivery::program
