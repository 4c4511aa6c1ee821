/// @file
/// The questions of a probe. Each function sends the requests for one question, and answers it from the responses.
///
/// A function is called twice, and sends the same requests each time: see probe().
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_session.hpp"

#include <string>

namespace applivery::program {

/// The answer to a question.
struct ProbeAnswer {
    std::string found{};     ///< Empty: the responses do not show the answer.
    std::string evidence{};  ///< Counts, statuses and types, without data of a build; or why nothing was found.
};

/// A value that no parameter of the service has.
inline constexpr const char* unusedValue = "applivery-doctor";
/// The reason if an app without builds cannot answer a question.
inline constexpr const char* noBuildsReason = "the app has no builds";

// The parts of a list, and its pages.
[[nodiscard]] ProbeAnswer probeTotals(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeLinks(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeEchoOfLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeEchoOfPage(ProbeSession& session);
[[nodiscard]] ProbeAnswer probePastEnd(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeOrder(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeTies(ProbeSession& session);  ///< The order of builds with the same time.
[[nodiscard]] ProbeAnswer probeSort(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeTrailingSlash(ProbeSession& session);

// The number of builds on a page.
[[nodiscard]] ProbeAnswer probeDefaultLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeLimitOf500(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeLimitOf10000(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeMaxLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeLargeLimit(ProbeSession& session);

// Filters.
[[nodiscard]] ProbeAnswer probeVersionName(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeVersionCase(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeVersionPattern(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeMacos(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeWindows(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeRepeatedStatus(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeCommaStatuses(ProbeSession& session);

// Fields of the builds in all responses.
[[nodiscard]] ProbeAnswer probeDevices(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeDeviceFamily(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeIcons(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeVersionCode(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeTimes(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeTimeUnit(ProbeSession& session);
[[nodiscard]] ProbeAnswer probePendingLacks(ProbeSession& session);

// Refused requests.
[[nodiscard]] ProbeAnswer probeInvalidEnum(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeInvalidPage(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeInvalidLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer probeRetryAfter(ProbeSession& session);  ///< Sends nothing, and provokes no refusal.
[[nodiscard]] ProbeAnswer probeRateLimitHeaders(ProbeSession& session);

}  // namespace applivery::program
