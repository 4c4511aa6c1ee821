/// @file
/// Connects the program to the service: address, credentials, and the app or apps.
#pragma once

#include <applivery/builds_client.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/workspace.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace applivery::program {

class Recorder;

/// Options of a connection. If a text is empty, the environment's value applies, unless noted otherwise.
struct ConnectionOptions {
    std::string tokenFile;  ///< `-` is standard input.
    std::string organization;
    std::vector<std::string> applications;        ///< Apps, as the user named them.
    std::string appsFile;                         ///< File with further apps. Empty: none.
    std::map<std::string, std::string> appNames;  ///< Names to show, from `appsFile`, by app.
    std::string baseUrl;
    bool isVerbose = false;              ///< Print each request to standard error.
    std::string recordFile;              ///< File for all exchanges. Empty: none.
    std::shared_ptr<Recorder> recorder;  ///< Writes `recordFile`. Null: records nothing.

    /// Returns the number of different apps; 1 if the environment or the token names the app.
    [[nodiscard]] std::size_t applicationCount() const;
};

/// A client for one app, or a workspace for several apps.
using Connection = std::variant<BuildsClient, Workspace>;

/// Returns a client for an app: of the workspace, or else the only client.
[[nodiscard]] BuildsClient appClient(const Connection& connection, const std::string& app);

/// Returns the options of all clients of the program.
[[nodiscard]] ClientOptions clientOptions(const ConnectionOptions& options);

/// Creates a transport for all requests of the program, which records them if the options have a recorder.
[[nodiscard]] std::shared_ptr<HttpTransport> makeTransport(const ConnectionOptions& options);

/// Returns the organization of the options, or else of the environment; empty if neither names one.
[[nodiscard]] std::string organizationOf(const ConnectionOptions& options);

/// Returns the first app of the options, or else of the environment; empty if neither names one.
[[nodiscard]] std::string firstApplicationOf(const ConnectionOptions& options);

/// Returns the credentials for the first app. Call this once: standard input cannot be read again.
[[nodiscard]] Result<Credentials> credentialsOf(const ConnectionOptions& options);

/// Creates the client or the workspace. Sends nothing. @return an error of the credentials, or `cancelled` by a signal.
/// @param transport null: makeTransport() creates one.
[[nodiscard]] Result<Connection> connect(const ConnectionOptions& options,
                                         std::shared_ptr<HttpTransport> transport = nullptr);

}  // namespace applivery::program
