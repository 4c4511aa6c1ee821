/// @file
/// The steps of a probe. Each adds its conclusions, and may use those of earlier steps.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_session.hpp"

namespace applivery::program {

/// Determines which keys a list has beside the builds. Sends the plain request.
void probePagination(ProbeSession& session, Assumptions& assumptions);

/// Determines the default and the largest number of builds on a page.
void probeLimits(ProbeSession& session, Assumptions& assumptions);

/// Determines the response to invalid parameters.
void probeInvalidParameters(ProbeSession& session, Assumptions& assumptions);

/// Determines whether `versionName` matches the whole name.
void probeVersionNames(ProbeSession& session, Assumptions& assumptions);

/// Determines the response to several statuses. Uses the result for an invalid status.
void probeStatuses(ProbeSession& session, Assumptions& assumptions);

/// Determines the forms of fields that may have several forms, from all builds of the session. Sends nothing.
void inspectFieldForms(const ProbeSession& session, Assumptions& assumptions);

/// Determines how rate limits are reported, from all headers of the session. Sends nothing, and provokes no limit.
void inspectRateLimits(const ProbeSession& session, Assumptions& assumptions);

}  // namespace applivery::program
