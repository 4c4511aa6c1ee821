/// @file
/// The questions of a probe, each with what it learns from the answers. A question goes by what those before it asked.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_session.hpp"

namespace applivery::program {

/// Which keys stand beside the builds. Asks the plain question.
void askForPagination(ProbeAnswers& answers, Assumptions& unknowns);

/// How many builds a page has, and at most.
void askForLimits(ProbeAnswers& answers, Assumptions& unknowns);

/// What a parameter gets that is none.
void askForInvalidParameters(ProbeAnswers& answers, Assumptions& unknowns);

/// Whether `versionName` is compared as a whole.
void askForVersionNames(ProbeAnswers& answers, Assumptions& unknowns);

/// Several statuses at once. Goes by what an invalid one gets.
void askForStatuses(ProbeAnswers& answers, Assumptions& unknowns);

/// The forms of the fields that may have several.
void tellForms(const ProbeAnswers& answers, Assumptions& unknowns);

/// What was told of the rate; none of its limits is provoked.
void tellRateLimits(const ProbeAnswers& answers, Assumptions& unknowns);

}  // namespace applivery::program
