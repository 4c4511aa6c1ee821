#include "doctor/probe_steps.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace applivery::program {
namespace {

std::string buildsText(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "build");
}

// Returns whether the list has all of the keys.
Assumption keysAre(const char* key, const ProbeResponse& response, std::initializer_list<const char*> names) {
    const auto present = std::count_if(names.begin(), names.end(), [&](const char* name) {
        return response.isList() && response.data.contains(name);
    });
    const bool areAll = present == static_cast<std::ptrdiff_t>(names.size());
    const std::string evidence = fmt::format("{} of {}", present, fmt::join(names, ", "));
    return {key, "yes", areAll ? "yes" : present == 0 ? "no" : "", evidence};
}

QueryParameters withLimit(std::size_t limit, const char* page = "1") {
    return {{"limit", std::to_string(limit)}, {"page", page}};
}

// Returns whether the response announces further builds.
bool announcesMore(const ProbeResponse& response) {
    const auto total = response.number("totalDocs");
    const bool hasNextPage = response.isList() && response.data.value("hasNextPage", nlohmann::json()) == true;
    return hasNextPage || (total && *total > response.builds.size());
}

Assumption defaultLimit(ProbeSession& session) {
    const ProbeResponse& plain = session.plain();
    Assumption assumption{"default-limit", "100", "", ""};
    if (const auto echoed = plain.number("limit")) {
        assumption.found = std::to_string(*echoed);
        assumption.evidence = "the response contains it, with " + buildsText(plain.builds.size());
    } else if (announcesMore(plain) || !session.send({{"page", "2"}}).builds.empty()) {
        assumption.found = std::to_string(plain.builds.size());
        assumption.evidence = "received this many, and a further page";
    } else {
        assumption.evidence = fmt::format("received all {}", buildsText(plain.builds.size()));
    }
    return assumption;
}

/// The largest accepted limit and the smallest refused one that are known, of a service that refuses large limits.
struct Bounds {
    std::size_t accepted;
    std::size_t refused;

    [[nodiscard]] bool isExact() const noexcept { return refused - accepted == 1; }
};

// Searches among round numbers first, then tries the next number, and then bisects.
Bounds boundsOf(ProbeSession& session, Bounds bounds) {
    constexpr std::array<std::size_t, 12> roundNumbers{10, 20, 25, 30, 50, 100, 150, 200, 250, 300, 400, 500};
    const auto isAccepted = [&](std::size_t limit) { return session.send(withLimit(limit)).isList(); };
    const auto refused = std::partition_point(roundNumbers.begin(), roundNumbers.end(), isAccepted);
    if (refused != roundNumbers.begin()) bounds.accepted = *std::prev(refused);
    if (refused != roundNumbers.end()) bounds.refused = *refused;
    std::size_t next = bounds.accepted + 1;
    for (int remaining = 7; remaining > 0 && !bounds.isExact(); --remaining) {
        (isAccepted(next) ? bounds.accepted : bounds.refused) = next;
        next = bounds.accepted + (bounds.refused - bounds.accepted) / 2;
    }
    return bounds;
}

void recordRefusal(ProbeSession& session, const ProbeResponse& refusal, Assumption& maxLimit, Assumption& largeLimit) {
    largeLimit.found = "refused";
    largeLimit.evidence = "by " + refusalText(refusal);
    const Bounds bounds = boundsOf(session, {1, 1000});
    if (bounds.isExact()) maxLimit.found = std::to_string(bounds.accepted);
    maxLimit.evidence = fmt::format("{} is accepted, {} is refused", bounds.accepted, bounds.refused);
}

void recordClamp(std::size_t limit, std::optional<std::size_t> echoed, Assumption& maxLimit, Assumption& largeLimit) {
    maxLimit.found = std::to_string(limit);
    largeLimit.found = echoed && *echoed != limit ? "clamped-silently" : "clamped";
    largeLimit.evidence = echoed ? fmt::format("requested 1000, the response contains limit {}", *echoed)
                                 : "the response contains no limit";
}

}  // namespace

void probePagination(ProbeSession& session, Assumptions& assumptions) {
    const ProbeResponse plain = session.send({});
    assumptions.push_back(keysAre("totals", plain, {"totalDocs", "totalPages", "pagingCounter"}));
    assumptions.push_back(keysAre("links", plain, {"hasPrevPage", "hasNextPage", "prevPage", "nextPage"}));
    assumptions.push_back(keysAre("echo-limit", plain, {"limit"}));
    assumptions.push_back(keysAre("echo-page", plain, {"page"}));
}

void probeLimits(ProbeSession& session, Assumptions& assumptions) {
    assumptions.push_back(defaultLimit(session));
    constexpr std::size_t large = 1000;  // a larger response would burden the service
    Assumption maxLimit{"max-limit", "", "", ""};
    Assumption largeLimit{"large-limit", "clamped", "", ""};
    const ProbeResponse response = session.send(withLimit(large));
    const auto echoed = response.number("limit");
    const std::size_t count = response.builds.size();
    if (response.isRefusal()) {
        recordRefusal(session, response, maxLimit, largeLimit);
    } else if (!response.isList()) {
        maxLimit.evidence = largeLimit.evidence = "the response was no list";
    } else if (echoed && *echoed < large) {
        maxLimit.evidence = "requested 1000, the response contains this limit";
        recordClamp(*echoed, echoed, maxLimit, largeLimit);
    } else if (count < large && (announcesMore(response) || !session.send(withLimit(large, "2")).builds.empty())) {
        maxLimit.evidence = "requested 1000, received this many, and there are more";
        recordClamp(count, echoed, maxLimit, largeLimit);
    } else {
        maxLimit.evidence = largeLimit.evidence =
            fmt::format("requested 1000, received {}{}", count < large ? "all " : "", buildsText(count));
    }
    assumptions.push_back(std::move(maxLimit));
    assumptions.push_back(std::move(largeLimit));
}

}  // namespace applivery::program
