/// @file
/// Questions of a probe: the parts of a list, its order, and its pages.
#include "doctor/probe_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

using Times = std::vector<std::chrono::system_clock::time_point>;

// Returns `yes` if the list has all of the keys, and `no` if it has none.
ProbeAnswer presenceOf(ProbeSession& session, std::initializer_list<const char*> keys) {
    const ProbeResponse& plain = session.plain();
    const auto present = std::count_if(keys.begin(), keys.end(),
                                       [&](const char* key) { return plain.isList() && plain.data.contains(key); });
    const bool hasAll = present == static_cast<std::ptrdiff_t>(keys.size());
    return {hasAll ? "yes" : present == 0 ? "no" : "", fmt::format("{} of {}", present, fmt::join(keys, ", "))};
}

Times timesOf(const ProbeResponse& response) {
    Times times;
    for (const Build& build : response.builds) {
        if (build.createdAt) times.push_back(*build.createdAt);
    }
    return times;
}

// Returns the order of the builds by their creation; empty if there are no two different times.
std::string orderOf(const ProbeResponse& response) {
    const Times times = timesOf(response);
    const bool isFalling = std::is_sorted(times.begin(), times.end(), std::greater<>());
    const bool isRising = std::is_sorted(times.begin(), times.end());
    if (isFalling && isRising) return {};
    return isFalling ? "newest-first" : isRising ? "oldest-first" : Assumption::another;
}

constexpr const char* oneTimeReason = "no two builds have different creation times";

/// Two builds in a row with the same creation time.
struct Tie {
    std::string first;   // id
    std::string second;  // id
};

std::vector<Tie> tiesIn(const ProbeResponse& response) {
    std::vector<Tie> ties;
    for (std::size_t i = 1; i < response.builds.size(); ++i) {
        const Build& first = response.builds[i - 1];
        const Build& second = response.builds[i];
        const bool isTie = first.createdAt && second.createdAt && *first.createdAt == *second.createdAt;
        if (isTie && !first.id.empty() && !second.id.empty()) ties.push_back({first.id, second.id});
    }
    return ties;
}

// Returns the position of a build in a response; absent if it is not there.
std::optional<std::ptrdiff_t> positionOf(const std::string& id, const ProbeResponse& response) {
    const auto found = std::find_if(response.builds.begin(), response.builds.end(),
                                    [&](const Build& build) { return build.id == id; });
    if (found == response.builds.end()) return std::nullopt;
    return found - response.builds.begin();
}

// Returns how the ids in ties are ordered.
const char* idOrderOf(const std::vector<Tie>& ties) {
    const auto falling = std::count_if(ties.begin(), ties.end(), [](const Tie& tie) { return tie.first > tie.second; });
    if (falling == 0) return "rising";
    return falling == static_cast<std::ptrdiff_t>(ties.size()) ? "falling" : "in no order";
}

}  // namespace

ProbeAnswer probeTotals(ProbeSession& session) {
    return presenceOf(session, {"totalDocs", "totalPages", "pagingCounter"});
}

ProbeAnswer probeLinks(ProbeSession& session) {
    return presenceOf(session, {"hasPrevPage", "hasNextPage", "prevPage", "nextPage"});
}

ProbeAnswer probeEchoOfLimit(ProbeSession& session) {
    return presenceOf(session, {"limit"});
}

ProbeAnswer probeEchoOfPage(ProbeSession& session) {
    return presenceOf(session, {"page"});
}

ProbeAnswer probePastEnd(ProbeSession& session) {
    constexpr std::size_t farPage = 100'000;
    const ProbeResponse& plain = session.plain();
    if (plain.builds.empty()) return {"", noBuildsReason};
    const auto pages = plain.number("totalPages");
    const std::size_t page = pages ? *pages + 1 : farPage;
    const ProbeResponse& response = session.send({{{"page", std::to_string(page)}}}, ProbeValue::undocumented);
    const bool announcesMore = response.hasNextPage().value_or(false);
    std::string evidence = fmt::format("page {}: {}{}", pages ? "after the last" : std::to_string(page),
                                       textOf(response), announcesMore ? ", with hasNextPage" : "");
    if (!response.isList()) return {textOf(response), std::move(evidence)};
    if (!response.builds.empty()) return {"builds", std::move(evidence)};
    return {announcesMore ? "announces-more" : Assumption::empty, std::move(evidence)};
}

ProbeAnswer probeOrder(ProbeSession& session) {
    const ProbeResponse& plain = session.plain();
    const std::string order = orderOf(plain);
    if (order.empty()) return {"", oneTimeReason};
    return {order, "of " + textOf(plain)};
}

// The library and the program request pages of different sizes. A build could be missing on all pages if the order of
// ties changes.
ProbeAnswer probeTies(ProbeSession& session) {
    const std::vector<Tie> ties = tiesIn(session.plain());
    if (ties.empty()) return {"", "no two builds in a row have the same creation time"};
    const ProbeResponse& other = session.send({{{"limit", "500"}}}, ProbeValue::undocumented);
    std::size_t compared = 0;
    std::size_t changed = 0;
    for (const Tie& tie : ties) {
        const auto first = positionOf(tie.first, other);
        const auto second = positionOf(tie.second, other);
        if (!first || !second) continue;
        ++compared;
        if (*first > *second) ++changed;
    }
    if (compared == 0) return {"", "no second response has builds with the same creation time"};
    return {changed == 0 ? "kept" : "changed",
            fmt::format("{} of {} ties have another order with limit=500; the ids are {}", changed, compared,
                        idOrderOf(ties))};
}

ProbeAnswer probeSort(ProbeSession& session) {
    const ProbeResponse& response = session.send({{{"sort", "createdAt:asc"}}}, ProbeValue::undocumented);
    const std::string order = orderOf(response);
    std::string evidence = "sort=createdAt:asc: " + textOf(response);
    if (!response.isList()) return {textOf(response), std::move(evidence)};
    const std::string usualOrder = orderOf(session.plain());
    if (order.empty() || usualOrder.empty()) return {"", oneTimeReason};
    evidence += ", " + order;
    if (order == usualOrder) return {Assumption::ignored, std::move(evidence)};
    return {order == "oldest-first" ? "yes" : Assumption::another, std::move(evidence)};
}

ProbeAnswer probeTrailingSlash(ProbeSession& session) {
    const ProbeResponse& response = session.send({{}, "/"}, ProbeValue::undocumented);
    return {response.isList() ? "yes" : textOf(response), "a path with a slash at its end: " + textOf(response)};
}

}  // namespace applivery::program
