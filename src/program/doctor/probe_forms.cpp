#include "doctor/probe_steps.hpp"
#include "text/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace applivery::program {
namespace {

using nlohmann::json;
using namespace nlohmann::literals;

/// A field that may come in several forms.
struct Field {
    const char* key;
    std::vector<json::json_pointer> places;
    const char* believed;
    std::function<std::string(const json&)> formOf;  ///< Empty: of none that is told of.
};

std::string elementForm(const json& list) {
    if (!list.is_array() || list.empty()) return {};
    if (list.front().is_number()) return "numbers";
    return list.front().is_string() ? "texts" : "";
}

std::string listOr(const char* other, bool isOther, const json& value) {
    return value.is_array() ? "list" : isOther ? other : "";
}

const std::vector<Field>& fields() {
    static const std::vector<Field> all{
        {"devices",
         {"/info/ios/mobileprovision/ProvisionedDevices"_json_pointer},
         "list",
         [](const json& value) { return listOr("text", value.is_string(), value); }},
        {"device-family", {"/info/ios/plist/UIDeviceFamily"_json_pointer}, "texts", elementForm},
        {"icons",
         {"/info/ios/plist/CFBundleIcons"_json_pointer},
         "list",
         [](const json& value) { return listOr("object", value.is_object(), value); }},
        {"version-code",
         {"/versionCode"_json_pointer},
         "text",
         [](const json& value) { return value.is_string()   ? "text"
                                        : value.is_number() ? "number"
                                                            : ""; }},
        {"times",
         {"/processTime"_json_pointer, "/queuedTime"_json_pointer},
         "whole",
         [](const json& value) { return value.is_number_integer() ? "whole"
                                        : value.is_number()       ? "fractions"
                                                                  : ""; }},
    };
    return all;
}

void count(const json& build, const Field& field, std::map<std::string, int>& forms) {
    for (const json::json_pointer& place : field.places) {
        const json value = build.contains(place) ? build.at(place) : json();
        if (value.empty()) continue;  // null, or a list from which no form shows
        const std::string form = field.formOf(value);
        ++forms[form.empty() ? Unknown::another : form];
    }
}

// A fraction now and then is none where numbers are whole: JSON has no 12.0.
std::string formOf(const std::map<std::string, int>& forms) {
    if (forms.empty()) return {};
    if (forms.size() == 2 && forms.count("fractions") != 0 && forms.count("whole") != 0) return "fractions";
    return forms.size() == 1 ? forms.begin()->first : Unknown::mixed;
}

// Of the names that many services have; others may name a gateway's owner.
bool isUsualRateHeader(const std::string& lower) {
    static const std::regex usual("(x-)?rate-?limit(-(limit|remaining|reset|used|policy))?");
    return std::regex_match(lower, usual);
}

Unknown retryAfter(const ProbeClient& asker) {
    constexpr int tooMany = 429;
    Unknown unknown{"retry-after", "seconds", "", "no request was refused for the rate, and none was to be"};
    for (const auto& [status, headers] : asker.headers()) {
        if (status != tooMany) continue;
        unknown.found = "none";
        for (const auto& [name, value] : headers) {
            if (lowerCase(name) != "retry-after") continue;
            unknown.found =
                !value.empty() && std::isdigit(static_cast<unsigned char>(value.front())) != 0 ? "seconds" : "date";
        }
        unknown.evidence = "of an answer with status 429";
        break;
    }
    return unknown;
}

}  // namespace

void tellForms(const ProbeAnswers& answers, Assumptions& unknowns) {
    for (const Field& field : fields()) {
        std::map<std::string, int> forms;
        for (const json& build : answers.builds()) count(build, field, forms);
        std::string evidence;
        for (const auto& [form, times] : forms)
            evidence += fmt::format("{}{} {}", evidence.empty() ? "" : ", ", times, form);
        unknowns.push_back(
            {field.key, field.believed, formOf(forms), evidence.empty() ? "no build has it" : "seen: " + evidence});
    }
}

void tellRateLimits(const ProbeAnswers& answers, Assumptions& unknowns) {
    unknowns.push_back(retryAfter(answers.asker()));
    std::set<std::string> names;
    for (const auto& [status, headers] : answers.asker().headers()) {
        for (const auto& [name, value] : headers) {
            if (isUsualRateHeader(lowerCase(name))) names.insert(lowerCase(name));
        }
    }
    if (answers.asker().headers().empty()) {
        unknowns.push_back({"rate-limit-headers", "no", "", "no answer came"});
        return;
    }
    unknowns.push_back({"rate-limit-headers", "no", names.empty() ? "no" : "yes",
                        names.empty() ? "none in any answer" : fmt::format("{}", fmt::join(names, ", "))});
}

}  // namespace applivery::program
