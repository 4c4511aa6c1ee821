#include "doctor/probe.hpp"

#include "doctor/probe_questions.hpp"

#include <utility>

namespace applivery::program {
namespace {

/// A question about the service.
struct Question {
    const char* key;
    const char* assumed;  ///< Empty: the library assumes nothing.
    bool isRule;          ///< See Assumption::isRule.
    ProbeAnswer (*ask)(ProbeSession&);
};

constexpr bool rule = true;
constexpr bool noRule = false;

constexpr Question questions[] = {
    {"totals", "yes", rule, askTotals},
    {"links", "yes", rule, askLinks},
    {"echo-limit", "yes", rule, askEchoOfLimit},
    {"echo-page", "yes", rule, askEchoOfPage},
    {"past-end", Assumption::empty, noRule, askPastEnd},
    {"order", "newest-first", noRule, askOrder},
    {"ties", "", noRule, askTies},
    {"sort", "", noRule, askSort},
    {"trailing-slash", "", noRule, askTrailingSlash},
    {"default-limit", "100", rule, askDefaultLimit},
    {"limit-500", "", noRule, askLimitOf500},
    {"limit-10000", "", noRule, askLimitOf10000},
    {"max-limit", "", rule, askMaxLimit},
    {"large-limit", "clamped", rule, askLargeLimit},
    {"invalid-enum", Assumption::refused, rule, askInvalidEnum},
    {"invalid-page", Assumption::refused, rule, askInvalidPage},
    {"invalid-limit", Assumption::refused, rule, askInvalidLimit},
    {"version-name", "whole", rule, askVersionName},
    {"version-case", "exact", noRule, askVersionCase},
    {"version-pattern", "literal", noRule, askVersionPattern},
    {"os-macos", "", noRule, askMacos},
    {"os-windows", "", noRule, askWindows},
    {"repeated-status", "first", rule, askRepeatedStatus},
    {"comma-statuses", "no", rule, askCommaStatuses},
    {"devices", "list", rule, askDevices},
    {"device-family", "texts", rule, askDeviceFamily},
    {"icons", "list", rule, askIcons},
    {"version-code", "text", rule, askVersionCode},
    {"times", "whole", rule, askTimes},
    {"time-unit", "", noRule, askTimeUnit},
    {"pending-lacks", "", noRule, askPendingLacks},
    {"retry-after", "seconds", rule, askRetryAfter},
    {"rate-limit-headers", "no", rule, askRateLimitHeaders},
};

// An answer without all of its responses is not based on the service.
Assumption ask(const Question& question, ProbeSession& session) {
    session.clearFailure();
    ProbeAnswer answer = question.ask(session);
    if (!session.failure().empty()) {
        answer = {"", session.failure()};
    } else if (answer.found.empty()) {
        answer.evidence = "not seen: " + answer.evidence;
    }
    return {question.key, question.assumed, std::move(answer.found), std::move(answer.evidence), question.isRule};
}

}  // namespace

// Asks each question twice. The session sends each request once, and a request with a wrong value not before the second
// time.
Assumptions probe(ProbeClient& client, const CancellationToken& token) {
    ProbeSession session(client, token);
    for (const Question& question : questions) (void)question.ask(session);
    session.allowWrongValues();
    Assumptions assumptions;
    for (const Question& question : questions) assumptions.push_back(ask(question, session));
    return assumptions;
}

}  // namespace applivery::program
