#include "doctor/probe_steps.hpp"
#include "http_headers.hpp"

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

/// A field that the service may send in several forms.
struct VariableField {
    const char* key;
    std::vector<json::json_pointer> paths;
    const char* assumed;
    std::function<std::string(const json&)> formOf;  ///< Returns an empty text for an unknown form.
};

std::string elementForm(const json& list) {
    if (!list.is_array() || list.empty()) return {};
    if (list.front().is_number()) return "numbers";
    return list.front().is_string() ? "texts" : "";
}

std::string listOr(const char* other, bool isOther, const json& value) {
    return value.is_array() ? "list" : isOther ? other : "";
}

const std::vector<VariableField>& variableFields() {
    static const std::vector<VariableField> fields{
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
    return fields;
}

void countForms(const json& build, const VariableField& field, std::map<std::string, int>& forms) {
    for (const json::json_pointer& path : field.paths) {
        const json value = build.contains(path) ? build.at(path) : json();
        if (value.empty()) continue;  // null or an empty list, which have no form
        const std::string form = field.formOf(value);
        ++forms[form.empty() ? Assumption::another : form];
    }
}

// If any number is a fraction, whole numbers count as fractions too, because a JSON writer may write 12.0 as 12.
std::string formOf(const std::map<std::string, int>& forms) {
    if (forms.empty()) return {};
    if (forms.size() == 2 && forms.count("fractions") != 0 && forms.count("whole") != 0) return "fractions";
    return forms.size() == 1 ? forms.begin()->first : Assumption::mixed;
}

// Accepts only usual names, because other names may contain that of a gateway's owner.
bool isUsualRateHeader(const std::string& lower) {
    static const std::regex usual("(x-)?rate-?limit(-(limit|remaining|reset|used|policy))?");
    return std::regex_match(lower, usual);
}

Assumption retryAfter(const ProbeClient& client) {
    constexpr int tooManyRequests = 429;
    Assumption assumption{"retry-after", "seconds", "", "no request was refused for its rate"};
    for (const auto& [status, headers] : client.headers()) {
        if (status != tooManyRequests) continue;
        const std::string* const value = findHeader(headers, "retry-after");
        const bool isNumber =
            value != nullptr && !value->empty() && std::isdigit(static_cast<unsigned char>(value->front())) != 0;
        assumption.found = value == nullptr ? "none" : isNumber ? "seconds" : "date";
        assumption.evidence = "a response with status 429";
        break;
    }
    return assumption;
}

}  // namespace

void inspectFieldForms(const ProbeSession& session, Assumptions& assumptions) {
    for (const VariableField& field : variableFields()) {
        std::map<std::string, int> forms;
        for (const json& build : session.builds()) countForms(build, field, forms);
        std::string evidence;
        for (const auto& [form, times] : forms)
            evidence += fmt::format("{}{} {}", evidence.empty() ? "" : ", ", times, form);
        assumptions.push_back({field.key, field.assumed, formOf(forms),
                               evidence.empty() ? "no build has the field" : "seen: " + evidence});
    }
}

void inspectRateLimits(const ProbeSession& session, Assumptions& assumptions) {
    assumptions.push_back(retryAfter(session.client()));
    std::set<std::string> names;
    for (const auto& [status, headers] : session.client().headers()) {
        for (const auto& [name, value] : headers) {
            if (isUsualRateHeader(lowerCase(name))) names.insert(lowerCase(name));
        }
    }
    if (session.client().headers().empty()) {
        assumptions.push_back({"rate-limit-headers", "no", "", "there was no response"});
        return;
    }
    assumptions.push_back({"rate-limit-headers", "no", names.empty() ? "no" : "yes",
                           names.empty() ? "no response has one" : fmt::format("{}", fmt::join(names, ", "))});
}

}  // namespace applivery::program
