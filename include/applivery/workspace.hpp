/// @file
/// Defines Workspace, for many apps of one organization.
#pragma once

#include <applivery/build_range.hpp>
#include <applivery/builds_client.hpp>

#include <memory>
#include <string>
#include <vector>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

namespace detail {
class CompletionThread;
}

/// Creates clients for the apps of an organization. All clients share one transport and its connections.
///
/// The clients keep the transport and the threads alive. A Workspace is cheap to copy and thread-safe.
///
/// @code
/// const applivery::Workspace workspace{applivery::ServiceAccountToken{token}, "acme"};
/// const applivery::Result<applivery::BuildPage> page = workspace.app("meridian").listBuilds();
/// @endcode
///
/// Throws only std::bad_alloc, before anything is sent. If an argument is invalid, each call of a client fails with
/// ErrorKind::invalidArgument.
class APPLIVERY_API Workspace {
public:
    /// Creates a workspace. Sends nothing.
    ///
    /// @param token token of the Service Account.
    /// @param organizationId `organizationId`: 24 hexadecimal digits or a slug.
    /// @param options options of all clients.
    /// @param transport transport of all clients; null creates one with makeCurlTransport().
    Workspace(ServiceAccountToken token, std::string organizationId, ClientOptions options = {},
              std::shared_ptr<HttpTransport> transport = nullptr);

    /// Returns a client for one app.
    ///
    /// @param applicationId `applicationId`: 24 hexadecimal digits or a slug.
    [[nodiscard]] BuildsClient app(std::string applicationId) const;

    /// Returns a range over all builds of several apps. Sends nothing before the first element is read.
    ///
    /// Reads WalkOptions::appsAtOnce apps at the same time. Apps whose pages have arrived take turns, page by page. The
    /// builds of each app come in the order of BuildsClient::builds(). An error ends only the iteration of its app. An
    /// app that is named twice is read once.
    ///
    /// @code
    /// for (const applivery::AppBuild& element : workspace.builds({"meridian", "atlas"})) {
    ///     if (!element.build) {
    ///         std::cerr << element.applicationId << ": " << element.build.error() << '\n';
    ///     } else {
    ///         std::cout << element.applicationId << ": " << *element.build << '\n';
    ///     }
    /// }
    /// @endcode
    [[nodiscard]] AppBuildRange builds(std::vector<std::string> applicationIds, BuildFilter filter = {},
                                       WalkOptions options = {}) const;

private:
    [[nodiscard]] std::shared_ptr<const detail::ClientState> stateOf(std::string applicationId) const;

    ServiceAccountToken token_;
    std::string organizationId_;
    ClientOptions options_;
    std::shared_ptr<detail::CompletionThread> completions_;  // destroyed after the transport, which posts to it
    std::shared_ptr<HttpTransport> transport_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
