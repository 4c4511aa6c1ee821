/// @file
/// Questions of a probe: how the service refuses requests.
#include "doctor/probe_questions.hpp"
#include "http_headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

// Returns how the service treats an invalid parameter; empty if that cannot be determined.
std::string treatmentOf(const ProbeResponse& response, const ProbeResponse& plain) {
    if (!response.isList()) return response.status >= 400 ? textOf(response) : Assumption::another;
    if (plain.builds.empty()) return {};
    if (response.builds.empty()) return Assumption::empty;
    return response.builds.size() == plain.builds.size() ? Assumption::ignored : Assumption::another;
}

ProbeAnswer treatmentAnswer(ProbeSession& session, const QueryParameters& parameters) {
    ProbeAnswer answer;
    std::set<std::string> treatments;
    for (const auto& [name, value] : parameters) {
        const ProbeResponse& response = session.send({{{name, value}}}, ProbeValue::wrong);
        treatments.insert(treatmentOf(response, session.plain()));
        answer.evidence +=
            fmt::format("{}{}={}: {}", answer.evidence.empty() ? "" : ", ", name, value, textOf(response));
    }
    const bool areRefusals = std::all_of(treatments.begin(), treatments.end(), [](const std::string& treatment) {
        return !treatment.empty() && treatment.front() == '4';
    });
    answer.found = treatments.size() == 1 ? *treatments.begin() : areRefusals ? Assumption::refused : Assumption::mixed;
    return answer;
}

// Accepts only usual names, because an unusual name may contain the name of a gateway's owner.
bool isUsualRateHeader(const std::string& lower) {
    static const std::regex usual("(x-)?rate-?limit(-(limit|remaining|reset|used|policy))?");
    return std::regex_match(lower, usual);
}

}  // namespace

ProbeAnswer probeInvalidEnum(ProbeSession& session) {
    return treatmentAnswer(session, {{"status", unusedValue}, {"os", unusedValue}});
}

ProbeAnswer probeInvalidPage(ProbeSession& session) {
    return treatmentAnswer(session, {{"page", "0"}, {"page", "x"}});
}

ProbeAnswer probeInvalidLimit(ProbeSession& session) {
    return treatmentAnswer(session, {{"limit", "0"}, {"limit", "x"}});
}

ProbeAnswer probeRetryAfter(ProbeSession& session) {
    constexpr int tooManyRequests = 429;
    for (const auto& [status, headers] : session.client().headers()) {
        if (status != tooManyRequests) continue;
        const std::string* const value = findHeader(headers, "retry-after");
        const bool isNumber =
            value != nullptr && !value->empty() && std::isdigit(static_cast<unsigned char>(value->front())) != 0;
        return {value == nullptr ? "none" : isNumber ? "seconds" : "date", "a response with status 429"};
    }
    return {"", "no request was refused for its rate"};
}

ProbeAnswer probeRateLimitHeaders(ProbeSession& session) {
    const auto responses = session.client().headers();
    if (responses.empty()) return {"", "there was no response"};
    std::set<std::string> names;
    for (const auto& [status, headers] : responses) {
        for (const auto& [name, value] : headers) {
            if (isUsualRateHeader(lowerCase(name))) names.insert(lowerCase(name));
        }
    }
    if (names.empty()) return {"no", "no response has one"};
    return {"yes", fmt::format("{}", fmt::join(names, ", "))};
}

}  // namespace applivery::program
