/// @file
/// Whom the program asks, and as whom.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/workspace.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

class Recorder;

struct ConnectionOptions {
    std::string tokenFile;                  ///< `-` is standard input; empty: the environment.
    std::string organization;               ///< Empty: the environment.
    std::vector<std::string> applications;  ///< Empty: the environment.
    std::string appsFile;                   ///< Names more of them; read with the command line. Empty: none.
    std::string baseUrl;                    ///< Empty: the environment.
    bool isVerbose = false;                 ///< Each request is told on standard error.
    std::string recordFile;                 ///< Every exchange is written here. Empty: nowhere.
    std::shared_ptr<Recorder> recorder;     ///< Which writes that file. Null: none.

    /// How many apps are asked for; one that is named twice counts once.
    [[nodiscard]] std::size_t applicationCount() const;
};

/// One app, or several of a workspace.
using Connection = std::variant<BuildsClient, Workspace>;

/// How the program's clients behave.
[[nodiscard]] ClientOptions clientOptions(const ConnectionOptions& options);

/// How they reach the service; recorded where that is asked for.
[[nodiscard]] std::shared_ptr<HttpTransport> makeTransport(const ConnectionOptions& options);

/// By the options or the environment; empty: by neither.
[[nodiscard]] std::string organizationOf(const ConnectionOptions& options);
[[nodiscard]] std::string firstApplicationOf(const ConnectionOptions& options);

/// Of one app; of several, the first. Standard input can be read once.
[[nodiscard]] Result<Credentials> credentialsOf(const ConnectionOptions& options);

/// A failure is one of credentials.
/// @param transport the one to use; null makes one.
[[nodiscard]] Result<Connection> connect(const ConnectionOptions& options,
                                         std::shared_ptr<HttpTransport> transport = nullptr);

}  // namespace applivery::program
