/// @file
/// The facade: one client for one app's builds, over either API.
#pragma once

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/export.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <future>
#include <memory>
#include <string>

namespace applivery {

namespace detail {
class ClientCore;
}

/// Lists the builds of one app. Which of the service's two APIs answers follows from the credentials.
///
/// Cheap to copy; copies share their connections. Safe to use from many threads at once. Throws nothing: what is wrong
/// with credentials or options comes back from the first call as ErrorKind::invalidArgument. Destroying the last copy
/// ends the calls that are in flight as ErrorKind::cancelled. After `fork`, a child must make clients of its own.
class APPLIVERY_API BuildsClient {
public:
    /// @param transport the one to use; null makes one on libcurl from the options.
    explicit BuildsClient(Credentials credentials, ClientOptions options = {},
                          std::shared_ptr<HttpTransport> transport = nullptr);

    /// Fetches one page, newest first, and waits for it.
    ///
    /// Errors: invalidArgument before anything is sent; else any other ErrorKind.
    [[nodiscard]] Result<BuildPage> listBuilds(BuildFilter filter = {}, Page page = {},
                                               CancellationToken token = {}) const;

    /// As listBuilds(), without waiting. The future does not block when it is destroyed; the call then goes on.
    [[nodiscard]] std::future<Result<BuildPage>> listBuildsAsync(BuildFilter filter = {}, Page page = {},
                                                                 CancellationToken token = {}) const;

private:
    friend class Workspace;
    explicit BuildsClient(std::shared_ptr<const detail::ClientCore> core) noexcept : core_(std::move(core)) {}

    std::shared_ptr<const detail::ClientCore> core_;
};

}  // namespace applivery
