#include "doctor/probe_steps.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace applivery::program {
namespace {

using TextSet = std::set<std::string>;

constexpr const char* nonsense = "applivery-doctor";

std::string buildsText(const ProbeAnswer& answer) {
    return counted(static_cast<std::int64_t>(answer.builds.size()), "build");
}

std::string outcomeText(const ProbeAnswer& answer) {
    if (answer.isList()) return buildsText(answer);
    return answer.status == 0 ? "no answer" : refusalText(answer);
}

// What a parameter that is none is answered with. Empty: that cannot be told.
std::string treatmentOf(const ProbeAnswer& answer, const ProbeAnswer& plain) {
    if (answer.isRefusal()) return refusalText(answer);
    if (!answer.isList() || plain.builds.empty()) return {};
    return answer.builds.empty() ? Unknown::empty : Unknown::ignored;
}

Unknown invalidParameter(ProbeAnswers& answers, const char* key, const QueryParameters& questions) {
    Unknown unknown{key, Unknown::refused, "", ""};
    TextSet treatments;
    for (const auto& question : questions) {
        const ProbeAnswer answer = answers.ask({question});
        treatments.insert(treatmentOf(answer, answers.plain()));
        unknown.evidence += fmt::format("{}{}={}: {}", unknown.evidence.empty() ? "" : ", ", question.first,
                                        question.second, outcomeText(answer));
    }
    unknown.found = treatments.size() == 1 ? *treatments.begin() : Unknown::mixed;
    return unknown;
}

// A name of at least three characters, of which no shorter part is a name too.
std::optional<std::string> nameToCut(const ProbeAnswers& answers) {
    constexpr std::size_t shortest = 3;
    const TextSet names = answers.plain().texts("versionName");
    for (const std::string& name : names) {
        const bool isPlain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > ' ' && c < 0x7F; });
        if (name.size() >= shortest && isPlain && names.count(name.substr(0, name.size() - 1)) == 0 &&
            names.count(name.substr(1)) == 0)
            return name;
    }
    return std::nullopt;
}

bool brings(const ProbeAnswer& answer, const std::string& name) {
    return answer.texts("versionName").count(name) != 0;
}

constexpr std::array<const char*, 4> knownStatuses{"processed", "error", "pending", "in_progress"};

// Of the statuses of the builds, those that are the service's own.
TextSet statusesOf(const ProbeAnswer& answer) {
    TextSet known;
    const TextSet all = answer.texts("status");
    std::copy_if(knownStatuses.begin(), knownStatuses.end(), std::inserter(known, known.end()),
                 [&](const char* status) { return all.count(status) != 0; });
    return known;
}

// All of which there are builds, as far as two are enough.
TextSet statusesWithBuilds(ProbeAnswers& answers) {
    TextSet there = statusesOf(answers.plain());
    for (const char* status : knownStatuses) {
        if (there.size() >= 2) break;
        const ProbeAnswer answer = answers.ask({{"status", status}, {"limit", "1"}});
        if (statusesOf(answer).count(status) != 0) there.insert(status);
    }
    return there;
}

/// Two statuses, asked for at once.
struct Pair {
    std::string first;
    std::string second;
    bool isOfMore;  ///< Whether builds of a third would show that the filter was dropped.
};

std::string repeatedStatus(const ProbeAnswer& oneWay, const ProbeAnswer& otherWay, const Pair& pair) {
    if (oneWay.isRefusal()) return "refused";
    const TextSet one = statusesOf(oneWay);
    const TextSet other = statusesOf(otherWay);
    if (one == TextSet{pair.first} && other == TextSet{pair.second}) return "first";
    if (one == TextSet{pair.second} && other == TextSet{pair.first}) return "last";
    return pair.isOfMore && one == other && one == TextSet{pair.first, pair.second} ? "all" : "";
}

// Where a status that is none may be ignored, builds of a third one have to show that this one was not.
Unknown listOfStatuses(ProbeAnswers& answers, const Assumptions& unknowns, const Pair& pair) {
    const ProbeAnswer answer = answers.ask({{"status", pair.first + ',' + pair.second}});
    const TextSet came = statusesOf(answer);
    const bool isRefused = std::any_of(unknowns.begin(), unknowns.end(), [](const Unknown& unknown) {
        return unknown.key == "invalid-enum" && !unknown.found.empty() && !unknown.isContradicted();
    });
    Unknown unknown{"comma-statuses", "no", "no", outcomeText(answer)};
    if (came == TextSet{pair.first, pair.second}) unknown.found = pair.isOfMore || isRefused ? "yes" : "";
    return unknown;
}

}  // namespace

void askForInvalidParameters(ProbeAnswers& answers, Assumptions& unknowns) {
    unknowns.push_back(invalidParameter(answers, "invalid-enum", {{"status", nonsense}, {"os", nonsense}}));
    unknowns.push_back(invalidParameter(answers, "invalid-page", {{"page", "0"}, {"page", "x"}}));
    unknowns.push_back(invalidParameter(answers, "invalid-limit", {{"limit", "0"}, {"limit", "x"}}));
}

void askForVersionNames(ProbeAnswers& answers, Assumptions& unknowns) {
    Unknown unknown{"version-name", "whole", "", "no build has a name that could be cut"};
    if (const auto name = nameToCut(answers)) {
        const ProbeAnswer whole = answers.ask({{"versionName", *name}});
        const ProbeAnswer beginning = answers.ask({{"versionName", name->substr(0, name->size() - 1)}});
        const ProbeAnswer end = answers.ask({{"versionName", name->substr(1)}});
        const ProbeAnswer none = answers.ask({{"versionName", nonsense}});
        unknown.evidence =
            fmt::format("a whole name: {}, without its last character: {}, without its first: {}, none: {}",
                        outcomeText(whole), outcomeText(beginning), outcomeText(end), outcomeText(none));
        if (!none.builds.empty()) {
            unknown.found = Unknown::ignored;
        } else if (brings(whole, *name)) {
            unknown.found = brings(end, *name) ? "part" : brings(beginning, *name) ? "beginning" : "whole";
        }
    }
    unknowns.push_back(std::move(unknown));
}

void askForStatuses(ProbeAnswers& answers, Assumptions& unknowns) {
    const TextSet there = statusesWithBuilds(answers);
    if (there.size() < 2) {
        const char* const why = "there are no builds of two statuses";
        unknowns.push_back({"repeated-status", "first", "", why});
        unknowns.push_back({"comma-statuses", "no", "", why});
        return;
    }
    const Pair pair{*there.begin(), *std::next(there.begin()), there.size() > 2};
    const ProbeAnswer oneWay = answers.ask({{"status", pair.first}, {"status", pair.second}});
    const ProbeAnswer otherWay = answers.ask({{"status", pair.second}, {"status", pair.first}});
    unknowns.push_back({"repeated-status", "first", repeatedStatus(oneWay, otherWay, pair),
                        fmt::format("{} and {}: {} ({}), the other way round: {} ({})", pair.first, pair.second,
                                    outcomeText(oneWay), fmt::join(statusesOf(oneWay), ", "), outcomeText(otherWay),
                                    fmt::join(statusesOf(otherWay), ", "))});
    unknowns.push_back(listOfStatuses(answers, unknowns, pair));
}

}  // namespace applivery::program
