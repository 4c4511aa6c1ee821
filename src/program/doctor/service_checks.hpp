/// @file
/// Checks of the service's response to the credentials. A gateway may have sent the response instead.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

namespace applivery::program {

/// Checks service, authentication, permission, app, plan and builds, up to the first failure.
/// @param other client with the same token for the other API; null if the app for it is unknown.
[[nodiscard]] Findings checkService(ProbeClient& client, ProbeClient* other, const CancellationToken& token);

}  // namespace applivery::program
