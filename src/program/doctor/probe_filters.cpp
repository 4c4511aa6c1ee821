#include "doctor/probe_steps.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace applivery::program {
namespace {

using TextSet = std::set<std::string>;

constexpr const char* unknownValue = "applivery-doctor";

std::string buildsText(const ProbeResponse& response) {
    return counted(static_cast<std::int64_t>(response.builds.size()), "build");
}

std::string outcomeText(const ProbeResponse& response) {
    if (response.isList()) return buildsText(response);
    return response.status == 0 ? "no response" : refusalText(response);
}

// Returns how the service treats an invalid parameter; empty if that cannot be determined.
std::string treatmentOf(const ProbeResponse& response, const ProbeResponse& plain) {
    if (response.isRefusal()) return refusalText(response);
    if (!response.isList() || plain.builds.empty()) return {};
    return response.builds.empty() ? Assumption::empty : Assumption::ignored;
}

Assumption invalidParameter(ProbeSession& session, const char* key, const QueryParameters& parameters) {
    Assumption assumption{key, Assumption::refused, "", ""};
    TextSet treatments;
    for (const auto& parameter : parameters) {
        const ProbeResponse response = session.send({parameter});
        treatments.insert(treatmentOf(response, session.plain()));
        assumption.evidence += fmt::format("{}{}={}: {}", assumption.evidence.empty() ? "" : ", ", parameter.first,
                                           parameter.second, outcomeText(response));
    }
    assumption.found = treatments.size() == 1 ? *treatments.begin() : Assumption::mixed;
    return assumption;
}

// Returns a version name of at least three characters whose shortened forms are no version names.
std::optional<std::string> nameToShorten(const ProbeSession& session) {
    constexpr std::size_t shortest = 3;
    const TextSet names = session.plain().texts("versionName");
    for (const std::string& name : names) {
        const bool isPlain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > ' ' && c < 0x7F; });
        if (name.size() >= shortest && isPlain && names.count(name.substr(0, name.size() - 1)) == 0 &&
            names.count(name.substr(1)) == 0)
            return name;
    }
    return std::nullopt;
}

bool contains(const ProbeResponse& response, const std::string& name) {
    return response.texts("versionName").count(name) != 0;
}

// Returns the statuses of the builds, without unknown ones, which are not to be printed.
TextSet statusesOf(const ProbeResponse& response) {
    TextSet statuses = response.texts("status");
    for (auto status = statuses.begin(); status != statuses.end();) {
        status = enumFromText<BuildStatus>(*status) ? std::next(status) : statuses.erase(status);
    }
    return statuses;
}

// Returns statuses that builds have, at least two if possible. Requests the most frequent statuses first.
TextSet statusesWithBuilds(ProbeSession& session) {
    TextSet statuses = statusesOf(session.plain());
    for (const BuildStatus value :
         {BuildStatus::processed, BuildStatus::error, BuildStatus::pending, BuildStatus::inProgress}) {
        if (statuses.size() >= 2) break;
        const std::string status(toText(value));
        if (statuses.count(status) != 0) continue;
        const ProbeResponse response = session.send({{"status", status}, {"limit", "1"}});
        if (statusesOf(response).count(status) != 0) statuses.insert(status);
    }
    return statuses;
}

/// Two statuses in one request.
struct StatusPair {
    std::string first;
    std::string second;
    bool hasThird;  ///< Whether builds have a third status, which would show that the service ignored the filter.
};

std::string repeatedStatus(const ProbeResponse& forward, const ProbeResponse& reversed, const StatusPair& pair) {
    if (forward.isRefusal()) return "refused";
    const TextSet first = statusesOf(forward);
    const TextSet second = statusesOf(reversed);
    if (first == TextSet{pair.first} && second == TextSet{pair.second}) return "first";
    if (first == TextSet{pair.second} && second == TextSet{pair.first}) return "last";
    return pair.hasThird && first == second && first == TextSet{pair.first, pair.second} ? "all" : "";
}

// If the service may ignore an invalid status, only the absence of a third status shows that it applied the filter.
Assumption listOfStatuses(ProbeSession& session, const Assumptions& assumptions, const StatusPair& pair) {
    const ProbeResponse response = session.send({{"status", pair.first + ',' + pair.second}});
    const TextSet received = statusesOf(response);
    const bool isRefused = std::any_of(assumptions.begin(), assumptions.end(), [](const Assumption& assumption) {
        return assumption.key == "invalid-enum" && !assumption.found.empty() && !assumption.isContradicted();
    });
    Assumption assumption{"comma-statuses", "no", "no", outcomeText(response)};
    if (received == TextSet{pair.first, pair.second}) assumption.found = pair.hasThird || isRefused ? "yes" : "";
    return assumption;
}

}  // namespace

void probeInvalidParameters(ProbeSession& session, Assumptions& assumptions) {
    assumptions.push_back(invalidParameter(session, "invalid-enum", {{"status", unknownValue}, {"os", unknownValue}}));
    assumptions.push_back(invalidParameter(session, "invalid-page", {{"page", "0"}, {"page", "x"}}));
    assumptions.push_back(invalidParameter(session, "invalid-limit", {{"limit", "0"}, {"limit", "x"}}));
}

void probeVersionNames(ProbeSession& session, Assumptions& assumptions) {
    Assumption assumption{"version-name", "whole", "", "no build has a name that can be shortened"};
    if (const auto name = nameToShorten(session)) {
        const ProbeResponse whole = session.send({{"versionName", *name}});
        const ProbeResponse beginning = session.send({{"versionName", name->substr(0, name->size() - 1)}});
        const ProbeResponse end = session.send({{"versionName", name->substr(1)}});
        const ProbeResponse none = session.send({{"versionName", unknownValue}});
        assumption.evidence =
            fmt::format("a name: {}, without its last character: {}, without its first: {}, an unknown name: {}",
                        outcomeText(whole), outcomeText(beginning), outcomeText(end), outcomeText(none));
        if (!none.builds.empty()) {
            assumption.found = Assumption::ignored;
        } else if (contains(whole, *name)) {
            assumption.found = contains(end, *name) ? "part" : contains(beginning, *name) ? "beginning" : "whole";
        }
    }
    assumptions.push_back(std::move(assumption));
}

void probeStatuses(ProbeSession& session, Assumptions& assumptions) {
    const TextSet statuses = statusesWithBuilds(session);
    if (statuses.size() < 2) {
        const char* const reason = "there are no builds with two statuses";
        assumptions.push_back({"repeated-status", "first", "", reason});
        assumptions.push_back({"comma-statuses", "no", "", reason});
        return;
    }
    const StatusPair pair{*statuses.begin(), *std::next(statuses.begin()), statuses.size() > 2};
    const ProbeResponse forward = session.send({{"status", pair.first}, {"status", pair.second}});
    const ProbeResponse reversed = session.send({{"status", pair.second}, {"status", pair.first}});
    assumptions.push_back({"repeated-status", "first", repeatedStatus(forward, reversed, pair),
                           fmt::format("{} and {}: {} ({}), reversed: {} ({})", pair.first, pair.second,
                                       outcomeText(forward), fmt::join(statusesOf(forward), ", "),
                                       outcomeText(reversed), fmt::join(statusesOf(reversed), ", "))});
    assumptions.push_back(listOfStatuses(session, assumptions, pair));
}

}  // namespace applivery::program
