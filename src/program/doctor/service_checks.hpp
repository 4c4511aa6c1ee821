/// @file
/// Checks of the service's response to the credentials. A gateway may have sent the response instead.
#pragma once

#include "doctor/finding.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>

#include <memory>
#include <optional>

namespace applivery::program {

/// What a request to the service needs.
struct ServiceAccess {
    Credentials credentials;
    /// The same token as the other kind of credentials. Absent if that kind needs an organization and an app, and none
    /// is known.
    std::optional<Credentials> otherKind;
    ClientOptions options;
    std::shared_ptr<HttpTransport> transport;
};

struct ServiceFindings {
    Findings findings;
    bool hasResponse;                      ///< Whether the service, or a gateway, responded.
    std::optional<TlsFailure> tlsFailure;  ///< Why TLS failed, if that is the reason why there is no response.
};

/// Checks service, authentication, permission, app, plan and builds, up to the first failure. Retries a failed request
/// if other commands would retry it.
[[nodiscard]] ServiceFindings checkService(const ServiceAccess& access, const CancellationToken& token);

}  // namespace applivery::program
