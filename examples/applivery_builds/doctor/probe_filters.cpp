#include "doctor/probe_questions.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace applivery::program {
namespace {

using nlohmann::json;
using TextSet = std::set<std::string>;

constexpr const char* nonsense = "applivery-doctor";

std::string buildsText(const ProbeAnswer& answer) {
    return counted(static_cast<std::int64_t>(answer.builds.size()), "build");
}

std::string outcomeText(const ProbeAnswer& answer) {
    if (answer.isList()) return buildsText(answer);
    return answer.status == 0 ? "no answer" : refusalText(answer);
}

// What two parameters that are none are answered with: the first one decides.
Unknown invalidParameter(ProbeAnswers& answers, const char* key, const QueryParameters& questions) {
    Unknown unknown{key, Unknown::refused, "", ""};
    for (const auto& question : questions) {
        const ProbeAnswer answer = answers.ask({question});
        if (&question == &questions.front() && answer.isRefusal()) unknown.found = refusalText(answer);
        if (&question == &questions.front() && answer.isList() && !answer.builds.empty())
            unknown.found = Unknown::ignored;
        unknown.evidence += fmt::format("{}{}={}: {}", unknown.evidence.empty() ? "" : ", ", question.first,
                                        question.second, outcomeText(answer));
    }
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

// Two statuses of which there are builds.
std::optional<std::pair<std::string, std::string>> twoStatuses(ProbeAnswers& answers) {
    TextSet there = answers.plain().texts("status");
    for (const char* status : {"processed", "error", "pending", "in_progress"}) {
        if (there.size() >= 2) break;
        if (there.count(status) == 0 && !answers.ask({{"status", status}, {"limit", "1"}}).builds.empty())
            there.insert(status);
    }
    if (there.size() < 2) return std::nullopt;
    return std::pair(*there.begin(), *std::next(there.begin()));
}

std::string repeatedStatus(const ProbeAnswer& oneWay, const ProbeAnswer& otherWay, const std::string& first,
                           const std::string& second) {
    if (oneWay.isRefusal()) return "refused";
    const TextSet one = oneWay.texts("status");
    const TextSet other = otherWay.texts("status");
    if (one == TextSet{first} && other == TextSet{second}) return "first";
    if (one == TextSet{second} && other == TextSet{first}) return "last";
    return one == other && one == TextSet{first, second} ? "all" : "";
}

bool isIgnored(const Unknowns& unknowns, std::string_view key) {
    return std::any_of(unknowns.begin(), unknowns.end(),
                       [&](const Unknown& unknown) { return unknown.key == key && unknown.found == Unknown::ignored; });
}

// Where a status that is none is ignored, builds of a third one give away that this one was.
Unknown listOfStatuses(ProbeAnswers& answers, const Unknowns& unknowns, const std::string& list, const TextSet& two) {
    const ProbeAnswer answer = answers.ask({{"status", list}});
    Unknown unknown{"comma-statuses", "no", "", outcomeText(answer)};
    const TextSet came = answer.texts("status");
    const bool isOfTwo = std::includes(two.begin(), two.end(), came.begin(), came.end());
    const bool hasThird = answers.plain().texts("status").size() > two.size();
    if (answer.isRefusal() || (answer.isList() && (came.empty() || !isOfTwo))) unknown.found = "no";
    if (answer.isList() && !came.empty() && isOfTwo && (hasThird || !isIgnored(unknowns, "invalid-enum")))
        unknown.found = "yes";
    return unknown;
}

}  // namespace

void askForInvalidParameters(ProbeAnswers& answers, Unknowns& unknowns) {
    unknowns.push_back(invalidParameter(answers, "invalid-enum", {{"status", nonsense}, {"os", nonsense}}));
    unknowns.push_back(invalidParameter(answers, "invalid-page", {{"page", "0"}, {"page", "x"}}));
    unknowns.push_back(invalidParameter(answers, "invalid-limit", {{"limit", "0"}, {"limit", "x"}}));
}

void askForVersionNames(ProbeAnswers& answers, Unknowns& unknowns) {
    Unknown unknown{"version-name", "whole", "", "no build has a name that could be cut"};
    if (const auto name = nameToCut(answers)) {
        const ProbeAnswer whole = answers.ask({{"versionName", *name}});
        const ProbeAnswer beginning = answers.ask({{"versionName", name->substr(0, name->size() - 1)}});
        const ProbeAnswer end = answers.ask({{"versionName", name->substr(1)}});
        if (!brings(whole, *name)) {
            unknown.evidence = "a whole name brings " + outcomeText(whole);
        } else {
            unknown.found = brings(end, *name) ? "part" : brings(beginning, *name) ? "beginning" : "whole";
            unknown.evidence = fmt::format("a whole name: {}, without its last character: {}, without its first: {}",
                                           outcomeText(whole), outcomeText(beginning), outcomeText(end));
        }
    }
    unknowns.push_back(std::move(unknown));
}

void askForStatuses(ProbeAnswers& answers, Unknowns& unknowns) {
    const auto two = twoStatuses(answers);
    if (!two) {
        const char* const why = "there are no builds of two statuses";
        unknowns.push_back({"repeated-status", "first", "", why});
        unknowns.push_back({"comma-statuses", "no", "", why});
        return;
    }
    const auto& [first, second] = *two;
    const ProbeAnswer oneWay = answers.ask({{"status", first}, {"status", second}});
    const ProbeAnswer otherWay = answers.ask({{"status", second}, {"status", first}});
    unknowns.push_back({"repeated-status", "first", repeatedStatus(oneWay, otherWay, first, second),
                        fmt::format("{} and {}: {} ({}), the other way round: {} ({})", first, second,
                                    outcomeText(oneWay), fmt::join(oneWay.texts("status"), ", "), outcomeText(otherWay),
                                    fmt::join(otherWay.texts("status"), ", "))});
    unknowns.push_back(listOfStatuses(answers, unknowns, first + ',' + second, {first, second}));
}

}  // namespace applivery::program
