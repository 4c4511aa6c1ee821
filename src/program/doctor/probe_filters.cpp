/// @file
/// Questions of a probe: how the service applies filters.
#include "doctor/probe_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

using TextSet = std::set<std::string>;

TextSet versionNamesOf(const ProbeResponse& response) {
    TextSet names;
    for (const Build& build : response.builds) {
        if (build.versionName) names.insert(*build.versionName);
    }
    return names;
}

bool contains(const ProbeResponse& response, const std::string& name) {
    return versionNamesOf(response).count(name) != 0;
}

const ProbeResponse& sendName(ProbeSession& session, std::string_view name, ProbeValue value = ProbeValue::documented) {
    return session.send({{{"versionName", std::string(name)}}}, value);
}

// Returns a printable version name of at least three characters for which `isSuitable` returns true.
template <typename IsSuitable>
std::optional<std::string> nameFor(ProbeSession& session, const IsSuitable& isSuitable) {
    constexpr std::size_t minLength = 3;
    const TextSet names = versionNamesOf(session.plain());
    for (const std::string& name : names) {
        const bool isPlain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > ' ' && c < 0x7F; });
        if (name.size() >= minLength && isPlain && isSuitable(name, names)) return name;
    }
    return std::nullopt;
}

// Returns why variants of the name cannot show how the service compares names. Null: they can show it.
const char* reasonAgainstNames(ProbeSession& session, const std::string& name) {
    if (!sendName(session, unusedValue).builds.empty()) return "the service ignores the filter";
    return contains(sendName(session, name), name) ? nullptr : "the service does not find a name that a build has";
}

// Returns the name with upper-case letters in lower case, and the reverse.
std::string withOtherCase(std::string name) {
    const auto otherCase = [](unsigned char c) { return std::isupper(c) != 0 ? std::tolower(c) : std::toupper(c); };
    std::transform(name.begin(), name.end(), name.begin(), otherCase);
    return name;
}

// Returns the name with a point instead of its first letter or digit.
std::string withPoint(std::string name) {
    const auto found = std::find_if(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
    if (found != name.end()) *found = '.';
    return name;
}

// Returns whether the service filters by this operating system.
ProbeAnswer osAnswer(ProbeSession& session, const char* os) {
    const ProbeResponse& response = session.send({{{"os", os}}}, ProbeValue::undocumented);
    std::string evidence = fmt::format("os={}: {}", os, textOf(response));
    if (!response.isList()) return {textOf(response), std::move(evidence)};
    if (session.plain().builds.empty()) return {"", noBuildsReason};
    const auto isOfOs = [&](const Build& build) { return build.os.text() == os; };
    if (!response.builds.empty()) {
        const bool areAllOfOs = std::all_of(response.builds.begin(), response.builds.end(), isOfOs);
        return {areAllOfOs ? "yes" : Assumption::ignored, std::move(evidence)};
    }
    const ProbeResponse& ofUnusedValue = session.send({{{"os", unusedValue}}}, ProbeValue::wrong);
    evidence += fmt::format(", os={}: {}", unusedValue, textOf(ofUnusedValue));
    // An empty list shows that the service knows the system, if the service treats an unknown system differently.
    const bool isKnown = !ofUnusedValue.isList() || !ofUnusedValue.builds.empty();
    return {isKnown ? "yes" : "", std::move(evidence)};
}

// Returns the statuses of the builds. Omits unknown ones, because the report contains no unchecked text.
TextSet statusesOf(const ProbeResponse& response) {
    TextSet statuses;
    for (const Build& build : response.builds) {
        if (build.status != BuildStatus::unknown) statuses.insert(build.status.text());
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
        const ProbeResponse& response = session.send({{{"status", status}, {"limit", "1"}}});
        if (statusesOf(response).count(status) != 0) statuses.insert(status);
    }
    return statuses;
}

/// Two statuses of builds, which are sent in one request.
struct StatusPair {
    std::string first;
    std::string second;
    bool hasThird;  ///< Whether builds have a third status, which would show that the service ignored the filter.
};

std::optional<StatusPair> statusPair(ProbeSession& session) {
    const TextSet statuses = statusesWithBuilds(session);
    if (statuses.size() < 2) return std::nullopt;
    return StatusPair{*statuses.begin(), *std::next(statuses.begin()), statuses.size() > 2};
}

constexpr const char* oneStatusReason = "there are no builds with two statuses";

// Returns which of two `status` parameters the service applied. Empty: the responses do not show it.
std::string appliedStatus(const ProbeResponse& forward, const ProbeResponse& reversed, const StatusPair& pair) {
    if (forward.isRefusal()) return Assumption::refused;
    if (!forward.isList()) return Assumption::another;
    const TextSet inForward = statusesOf(forward);
    const TextSet inReversed = statusesOf(reversed);
    if (inForward == TextSet{pair.first} && inReversed == TextSet{pair.second}) return "first";
    if (inForward == TextSet{pair.second} && inReversed == TextSet{pair.first}) return "last";
    const bool areBoth = inForward == TextSet{pair.first, pair.second} && inReversed == inForward;
    return areBoth && pair.hasThird ? "all" : "";
}

std::string statusesText(const ProbeResponse& response) {
    return response.isList() ? fmt::format("{} ({})", textOf(response), fmt::join(statusesOf(response), ", "))
                             : textOf(response);
}

}  // namespace

ProbeAnswer probeVersionName(ProbeSession& session) {
    const auto name = nameFor(session, [](const std::string& candidate, const TextSet& names) {
        return names.count(candidate.substr(0, candidate.size() - 1)) == 0 && names.count(candidate.substr(1)) == 0;
    });
    if (!name) return {"", "no build has a name that can be shortened"};
    const ProbeResponse& whole = sendName(session, *name);
    const ProbeResponse& beginning = sendName(session, name->substr(0, name->size() - 1));
    const ProbeResponse& end = sendName(session, name->substr(1));
    const ProbeResponse& none = sendName(session, unusedValue);
    std::string evidence =
        fmt::format("a name: {}, without its last character: {}, without its first: {}, an unknown name: {}",
                    textOf(whole), textOf(beginning), textOf(end), textOf(none));
    if (!none.builds.empty()) return {Assumption::ignored, std::move(evidence)};
    if (!contains(whole, *name) || !beginning.isList() || !end.isList()) return {"", std::move(evidence)};
    return {contains(end, *name) ? "part" : contains(beginning, *name) ? "beginning" : "whole", std::move(evidence)};
}

ProbeAnswer probeVersionCase(ProbeSession& session) {
    const auto name = nameFor(session, [](const std::string& candidate, const TextSet& names) {
        return names.count(withOtherCase(candidate)) == 0;
    });
    if (!name) return {"", "no version name has a letter"};
    if (const char* const reason = reasonAgainstNames(session, *name)) return {"", reason};
    const ProbeResponse& other = sendName(session, withOtherCase(*name));
    std::string evidence = "a name in the other case: " + textOf(other);
    if (!other.isList()) return {textOf(other), std::move(evidence)};
    return {contains(other, *name) ? "insensitive" : "exact", std::move(evidence)};
}

ProbeAnswer probeVersionPattern(ProbeSession& session) {
    const auto name = nameFor(session, [](const std::string& candidate, const TextSet& names) {
        const std::string pattern = withPoint(candidate);
        return std::none_of(names.begin(), names.end(),
                            [&](const std::string& each) { return each.find(pattern) != std::string::npos; });
    });
    if (!name) return {"", "no build has a suitable name"};
    if (const char* const reason = reasonAgainstNames(session, *name)) return {"", reason};
    const ProbeResponse& point = sendName(session, withPoint(*name), ProbeValue::undocumented);
    const ProbeResponse& bracket = sendName(session, std::string(unusedValue) + '[', ProbeValue::wrong);
    std::string evidence = fmt::format(R"(a name with "." for a character: {}, an unknown name with "[": {})",
                                       textOf(point), textOf(bracket));
    if (contains(point, *name)) return {"pattern", std::move(evidence)};
    for (const ProbeResponse* const response : {&point, &bracket}) {
        if (!response->isList()) return {textOf(*response), std::move(evidence)};
    }
    return {bracket.builds.empty() ? "literal" : Assumption::another, std::move(evidence)};
}

ProbeAnswer probeMacos(ProbeSession& session) {
    return osAnswer(session, "macos");
}

ProbeAnswer probeWindows(ProbeSession& session) {
    return osAnswer(session, "windows");
}

ProbeAnswer probeRepeatedStatus(ProbeSession& session) {
    const auto pair = statusPair(session);
    if (!pair) return {"", oneStatusReason};
    const auto sendBoth = [&](const std::string& first, const std::string& second) -> const ProbeResponse& {
        return session.send({{{"status", first}, {"status", second}}}, ProbeValue::undocumented);
    };
    const ProbeResponse& forward = sendBoth(pair->first, pair->second);
    const ProbeResponse& reversed = sendBoth(pair->second, pair->first);
    return {appliedStatus(forward, reversed, *pair),
            fmt::format("{} and {}: {}, reversed: {}", pair->first, pair->second, statusesText(forward),
                        statusesText(reversed))};
}

// A service that does not split the text at the comma treats the text as an unknown status. If the service ignores
// unknown statuses, an unfiltered list can have the same two statuses. A third status of builds excludes this case.
ProbeAnswer probeCommaStatuses(ProbeSession& session) {
    const auto pair = statusPair(session);
    if (!pair) return {"", oneStatusReason};
    const ProbeResponse& both =
        session.send({{{"status", pair->first + ',' + pair->second}}}, ProbeValue::undocumented);
    const ProbeResponse& ofUnusedValue = session.send({{{"status", unusedValue}}}, ProbeValue::wrong);
    std::string evidence = textOf(both);
    if (!both.isList()) {
        const bool isUnknown = both.isRefusal() || textOf(both) == textOf(ofUnusedValue);
        return {isUnknown ? "no" : Assumption::another, std::move(evidence)};
    }
    if (statusesOf(both) != TextSet{pair->first, pair->second}) return {"no", std::move(evidence)};
    return {pair->hasThird || ofUnusedValue.builds.empty() ? "yes" : "", std::move(evidence)};
}

}  // namespace applivery::program
