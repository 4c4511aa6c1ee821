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

Unknown keysAre(const char* key, const ProbeAnswer& answer, std::initializer_list<const char*> names) {
    const auto there = std::count_if(names.begin(), names.end(),
                                     [&](const char* name) { return answer.isList() && answer.data.contains(name); });
    const bool all = there == static_cast<std::ptrdiff_t>(names.size());
    const std::string evidence = fmt::format("{} of {}", there, fmt::join(names, ", "));
    return {key, "yes", all ? "yes" : there == 0 ? "no" : "", evidence};
}

QueryParameters withLimit(std::size_t limit, const char* page = "1") {
    return {{"limit", std::to_string(limit)}, {"page", page}};
}

// Whether builds come after those of the answer, as far as it tells by itself.
bool saysThereAreMore(const ProbeAnswer& answer) {
    const auto total = answer.number("totalDocs");
    const bool isTold = answer.isList() && answer.data.value("hasNextPage", nlohmann::json()) == true;
    return isTold || (total && *total > answer.builds.size());
}

Unknown defaultLimit(ProbeAnswers& answers) {
    const ProbeAnswer& plain = answers.plain();
    Unknown unknown{"default-limit", "100", "", ""};
    if (const auto echoed = plain.number("limit")) {
        unknown.found = std::to_string(*echoed);
        unknown.evidence = "the answer names it, with " + buildsText(plain.builds.size());
    } else if (saysThereAreMore(plain) || !answers.ask({{"page", "2"}}).builds.empty()) {
        unknown.found = std::to_string(plain.builds.size());
        unknown.evidence = "so many came, and a page more";
    } else {
        unknown.evidence = fmt::format("all {} came", buildsText(plain.builds.size()));
    }
    return unknown;
}

/// What is looked for in a service that refuses what is too large.
struct Bounds {
    std::size_t accepted;
    std::size_t refused;

    [[nodiscard]] bool isExact() const noexcept { return refused - accepted == 1; }
};

// First among the numbers that somebody would choose, then beside the one that is found, then in halves.
Bounds boundsOf(ProbeAnswers& answers, Bounds bounds) {
    constexpr std::array<std::size_t, 12> usual{10, 20, 25, 30, 50, 100, 150, 200, 250, 300, 400, 500};
    const auto isAccepted = [&](std::size_t limit) { return answers.ask(withLimit(limit)).isList(); };
    const auto refused = std::partition_point(usual.begin(), usual.end(), isAccepted);
    if (refused != usual.begin()) bounds.accepted = *std::prev(refused);
    if (refused != usual.end()) bounds.refused = *refused;
    std::size_t next = bounds.accepted + 1;
    for (int left = 7; left > 0 && !bounds.isExact(); --left) {
        (isAccepted(next) ? bounds.accepted : bounds.refused) = next;
        next = bounds.accepted + (bounds.refused - bounds.accepted) / 2;
    }
    return bounds;
}

void tellOfRefusal(ProbeAnswers& answers, const ProbeAnswer& refusal, Unknown& most, Unknown& beyond) {
    beyond.found = "refused";
    beyond.evidence = "by " + refusalText(refusal);
    const Bounds bounds = boundsOf(answers, {1, 1000});
    if (bounds.isExact()) most.found = std::to_string(bounds.accepted);
    most.evidence = fmt::format("{} is accepted, {} is refused", bounds.accepted, bounds.refused);
}

void tellOfClamp(std::size_t most, std::optional<std::size_t> echoed, Unknown& largest, Unknown& beyond) {
    largest.found = std::to_string(most);
    beyond.found = echoed && *echoed != most ? "clamped-silently" : "clamped";
    beyond.evidence = echoed ? fmt::format("1000 was asked for, {} is named", *echoed) : "no limit is named";
}

}  // namespace

void askForPagination(ProbeAnswers& answers, Assumptions& unknowns) {
    const ProbeAnswer plain = answers.ask({});
    unknowns.push_back(keysAre("totals", plain, {"totalDocs", "totalPages", "pagingCounter"}));
    unknowns.push_back(keysAre("links", plain, {"hasPrevPage", "hasNextPage", "prevPage", "nextPage"}));
    unknowns.push_back(keysAre("echo-limit", plain, {"limit"}));
    unknowns.push_back(keysAre("echo-page", plain, {"page"}));
}

void askForLimits(ProbeAnswers& answers, Assumptions& unknowns) {
    unknowns.push_back(defaultLimit(answers));
    constexpr std::size_t large = 1000;  // more would be a burden
    Unknown most{"max-limit", "", "", ""};
    Unknown beyond{"large-limit", "clamped", "", ""};
    const ProbeAnswer answer = answers.ask(withLimit(large));
    const auto echoed = answer.number("limit");
    const std::size_t count = answer.builds.size();
    if (answer.isRefusal()) {
        tellOfRefusal(answers, answer, most, beyond);
    } else if (!answer.isList()) {
        most.evidence = beyond.evidence = "no list came";
    } else if (echoed && *echoed < large) {
        most.evidence = "1000 was asked for, the answer names it";
        tellOfClamp(*echoed, echoed, most, beyond);
    } else if (count < large && (saysThereAreMore(answer) || !answers.ask(withLimit(large, "2")).builds.empty())) {
        most.evidence = "1000 was asked for, so many came, and there are more";
        tellOfClamp(count, echoed, most, beyond);
    } else {
        most.evidence = beyond.evidence =
            fmt::format("1000 was asked for, {}{} came", count < large ? "all " : "", buildsText(count));
    }
    unknowns.push_back(std::move(most));
    unknowns.push_back(std::move(beyond));
}

}  // namespace applivery::program
