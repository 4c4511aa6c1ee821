/// @file
/// The questions of a probe, each with what it learns from the answers. A question goes by what those before it asked.
#pragma once

#include "doctor/probe_answers.hpp"
#include "doctor/unknowns.hpp"

namespace applivery::program {

/// Which keys stand beside the builds. Asks the plain question.
void askForPagination(ProbeAnswers& answers, Unknowns& unknowns);

/// How many builds a page has, and at most.
void askForLimits(ProbeAnswers& answers, Unknowns& unknowns);

/// What a parameter gets that is none.
void askForInvalidParameters(ProbeAnswers& answers, Unknowns& unknowns);

/// Whether `versionName` is compared as a whole.
void askForVersionNames(ProbeAnswers& answers, Unknowns& unknowns);

/// Several statuses at once. Goes by what an invalid one gets.
void askForStatuses(ProbeAnswers& answers, Unknowns& unknowns);

/// The forms of the fields that may have several.
void tellForms(const ProbeAnswers& answers, Unknowns& unknowns);

/// What was told of the rate; none of its limits is provoked.
void tellRateLimits(const ProbeAnswers& answers, Unknowns& unknowns);

}  // namespace applivery::program
