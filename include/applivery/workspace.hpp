/// @file
/// Many apps of one organization through one pool of connections.
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

/// Makes clients for the apps of an organization. They share its transport and its threads, and keep them alive.
///
/// Cheap to copy; safe to use from many threads at once. Throws nothing but `std::bad_alloc`, before anything is sent.
/// If an argument is wrong, the first call of each client fails with ErrorKind::invalidArgument.
class APPLIVERY_API Workspace {
public:
    /// @param token of the service account. @param organizationId 24 hexadecimal digits or a slug.
    /// @param options see ClientOptions. @param transport the one to use; null makes one on libcurl from the options.
    Workspace(ServiceAccountToken token, std::string organizationId, ClientOptions options = {},
              std::shared_ptr<HttpTransport> transport = nullptr);

    /// A client for one app (`applicationId`: 24 hexadecimal digits or a slug).
    [[nodiscard]] BuildsClient app(std::string applicationId) const;

    /// All builds of many apps, a few apps at a time. As BuildsClient::builds() for each; the failure of one does not
    /// end the others. Those whose pages have come take turns, page by page. An app that is named twice is walked once.
    [[nodiscard]] AppBuildRange builds(std::vector<std::string> applicationIds, BuildFilter filter = {},
                                       WalkOptions options = {}) const;

private:
    [[nodiscard]] std::shared_ptr<const detail::ClientState> stateOf(std::string applicationId) const;

    ServiceAccountToken token_;
    std::string organizationId_;
    ClientOptions options_;
    std::shared_ptr<detail::CompletionThread> completions_;  // ends behind what posts to it
    std::shared_ptr<HttpTransport> transport_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
