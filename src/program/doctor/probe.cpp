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
    ProbeAnswer (*probe)(ProbeSession&);
};

// Values of Question::isRule.
constexpr bool rule = true;
constexpr bool noRule = false;

constexpr Question questions[] = {
    {"totals", "yes", rule, probeTotals},
    {"links", "yes", rule, probeLinks},
    {"echo-limit", "yes", rule, probeEchoOfLimit},
    {"echo-page", "yes", rule, probeEchoOfPage},
    {"past-end", Assumption::empty, noRule, probePastEnd},
    {"order", "newest-first", noRule, probeOrder},
    {"ties", "", noRule, probeTies},
    {"sort", "", noRule, probeSort},
    {"trailing-slash", "", noRule, probeTrailingSlash},
    {"default-limit", "100", rule, probeDefaultLimit},
    {"limit-500", "", noRule, probeLimitOf500},
    {"limit-10000", "", noRule, probeLimitOf10000},
    {"max-limit", "", rule, probeMaxLimit},
    {"large-limit", "clamped", rule, probeLargeLimit},
    {"invalid-enum", Assumption::refused, rule, probeInvalidEnum},
    {"invalid-page", Assumption::refused, rule, probeInvalidPage},
    {"invalid-limit", Assumption::refused, rule, probeInvalidLimit},
    {"version-name", "whole", rule, probeVersionName},
    {"version-case", "exact", noRule, probeVersionCase},
    {"version-pattern", "literal", noRule, probeVersionPattern},
    {"os-macos", "", noRule, probeMacos},
    {"os-windows", "", noRule, probeWindows},
    {"repeated-status", "first", rule, probeRepeatedStatus},
    {"comma-statuses", "no", rule, probeCommaStatuses},
    {"devices", "list", rule, probeDevices},
    {"device-family", "texts", rule, probeDeviceFamily},
    {"icons", "list", rule, probeIcons},
    {"version-code", "text", rule, probeVersionCode},
    {"times", "whole", rule, probeTimes},
    {"time-unit", "", noRule, probeTimeUnit},
    {"pending-lacks", "", noRule, probePendingLacks},
    {"retry-after", "seconds", rule, probeRetryAfter},
    {"rate-limit-headers", "no", rule, probeRateLimitHeaders},
};

// Ignores the answer of the function if a request failed, because an absent response is not evidence.
Assumption answerOf(const Question& question, ProbeSession& session) {
    session.clearFailure();
    ProbeAnswer answer = question.probe(session);
    if (!session.failure().empty()) {
        answer = {"", session.failure()};
    } else if (answer.found.empty()) {
        answer.evidence = "not seen: " + answer.evidence;
    }
    return {question.key, question.assumed, std::move(answer.found), std::move(answer.evidence), question.isRule};
}

}  // namespace

// Calls the function of each question twice, because requests with wrong values must come last. During the first calls,
// the session refuses to send such requests. During the second calls, the session sends them, and returns the stored
// responses to all other requests. So each request is sent once.
Assumptions probe(ProbeClient& client, const CancellationToken& token) {
    ProbeSession session(client, token);
    for (const Question& question : questions) (void)question.probe(session);
    session.allowWrongValues();
    Assumptions assumptions;
    for (const Question& question : questions) assumptions.push_back(answerOf(question, session));
    return assumptions;
}

}  // namespace applivery::program
