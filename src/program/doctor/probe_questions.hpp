/// @file
/// The questions of a probe. Each function sends the requests for one question, and answers it from the responses.
///
/// A function is called twice, and sends the same requests each time: see probe().
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/probe_session.hpp"

#include <string>

namespace applivery::program {

struct ProbeAnswer {
    std::string found{};     ///< Empty: the responses do not show the answer.
    std::string evidence{};  ///< Counts, statuses and types, without data of a build; or why nothing was found.
};

/// A value that no parameter of the service has.
inline constexpr const char* valueOfNobody = "applivery-doctor";
/// Why an answer was not found.
inline constexpr const char* noBuildsReason = "the app has no builds";

// The parts of a list, and its pages.
[[nodiscard]] ProbeAnswer askTotals(ProbeSession& session);
[[nodiscard]] ProbeAnswer askLinks(ProbeSession& session);
[[nodiscard]] ProbeAnswer askEchoOfLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer askEchoOfPage(ProbeSession& session);
[[nodiscard]] ProbeAnswer askPastEnd(ProbeSession& session);
[[nodiscard]] ProbeAnswer askOrder(ProbeSession& session);
[[nodiscard]] ProbeAnswer askTies(ProbeSession& session);  ///< The order of builds with the same time.
[[nodiscard]] ProbeAnswer askSort(ProbeSession& session);
[[nodiscard]] ProbeAnswer askTrailingSlash(ProbeSession& session);

// The number of builds on a page.
[[nodiscard]] ProbeAnswer askDefaultLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer askLimitOf500(ProbeSession& session);
[[nodiscard]] ProbeAnswer askLimitOf10000(ProbeSession& session);
[[nodiscard]] ProbeAnswer askMaxLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer askLargeLimit(ProbeSession& session);

// Filters.
[[nodiscard]] ProbeAnswer askVersionName(ProbeSession& session);
[[nodiscard]] ProbeAnswer askVersionCase(ProbeSession& session);
[[nodiscard]] ProbeAnswer askVersionPattern(ProbeSession& session);
[[nodiscard]] ProbeAnswer askMacos(ProbeSession& session);
[[nodiscard]] ProbeAnswer askWindows(ProbeSession& session);
[[nodiscard]] ProbeAnswer askRepeatedStatus(ProbeSession& session);
[[nodiscard]] ProbeAnswer askCommaStatuses(ProbeSession& session);

// Fields of the builds in all responses.
[[nodiscard]] ProbeAnswer askDevices(ProbeSession& session);
[[nodiscard]] ProbeAnswer askDeviceFamily(ProbeSession& session);
[[nodiscard]] ProbeAnswer askIcons(ProbeSession& session);
[[nodiscard]] ProbeAnswer askVersionCode(ProbeSession& session);
[[nodiscard]] ProbeAnswer askTimes(ProbeSession& session);
[[nodiscard]] ProbeAnswer askTimeUnit(ProbeSession& session);
[[nodiscard]] ProbeAnswer askPendingLacks(ProbeSession& session);

// Refused requests.
[[nodiscard]] ProbeAnswer askInvalidEnum(ProbeSession& session);
[[nodiscard]] ProbeAnswer askInvalidPage(ProbeSession& session);
[[nodiscard]] ProbeAnswer askInvalidLimit(ProbeSession& session);
[[nodiscard]] ProbeAnswer askRetryAfter(ProbeSession& session);  ///< Sends nothing, and provokes no refusal.
[[nodiscard]] ProbeAnswer askRateLimitHeaders(ProbeSession& session);

}  // namespace applivery::program
