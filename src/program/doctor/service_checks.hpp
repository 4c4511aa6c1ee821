/// @file
/// What the service says to the credentials, or what says it in its place.
#pragma once

#include "doctor/finding.hpp"
#include "doctor/probe_client.hpp"

#include <applivery/cancellation.hpp>

namespace applivery::program {

/// Service, authentication, app and builds, up to the first that failed.
/// @param other the same token as the credentials of the other API, where there is enough for that; null: there is not.
[[nodiscard]] Findings checkService(ProbeClient& asker, ProbeClient* other, const CancellationToken& token);

}  // namespace applivery::program
