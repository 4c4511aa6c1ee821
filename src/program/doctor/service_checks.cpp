#include "doctor/service_checks.hpp"

#include "doctor/body_shape.hpp"
#include "doctor/brief_retries.hpp"
#include "doctor/faults.hpp"
#include "doctor/probe_client.hpp"
#include "doctor/shallow_json.hpp"
#include "http_headers.hpp"
#include "recording/allowed_value.hpp"
#include "text/text_format.hpp"
#include "text/trimmed.hpp"

#include <applivery/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace applivery::program {
namespace {

using nlohmann::json;

std::string contentType(const HttpResponse& response) {
    const std::string* const value = findHeader(response.headers, "content-type");
    return value != nullptr ? value->substr(0, value->find(';')) : "";
}

// Returns the type if it is a usual one. The report must not repeat any other text, because it may contain the name of
// a host or of a user.
std::string typeText(const HttpResponse& response) {
    const std::string type = lowerCase(contentType(response));
    constexpr std::array<std::string_view, 5> usual{"application/json", "application/xml", "text/html", "text/plain",
                                                    "text/xml"};
    if (type.empty()) return "no type";
    return std::find(usual.begin(), usual.end(), type) != usual.end() ? type : "another type";
}

// Describes a response by its status, and by the size and the type of its body. Repeats nothing of the body.
std::string responseSummary(const HttpResponse& response) {
    return fmt::format("{} with {} bytes of {}", response.status, response.body.size(), typeText(response));
}

/// The fault that explains an error code of the service.
struct CodeFault {
    int code;
    const Fault* ofAppToken;
    const Fault* ofServiceAccount;
    std::string_view message{};  // the message that the row is for, in lower case. Empty: any message
};

// The first row that matches applies.
constexpr std::array<CodeFault, 10> codeFaults{{
    {api_code::noAuthToken, &faults::tokenWrongOrChanged, &faults::tokenWrongOrChanged, "invalid token"},
    {api_code::noAuthToken, &faults::tokenNotReceived, &faults::tokenNotReceived},
    {api_code::invalidToken, &faults::tokenWrong, &faults::tokenWrong},
    {api_code::tokenExpired, &faults::tokenExpired, &faults::tokenExpired},
    {api_code::forbidden, &faults::scopeMissing, &faults::roleMissing},
    {api_code::entityNotFound, &faults::appOfTokenUnknown, &faults::appUnknown},
    {api_code::routeNotFound, &faults::routeUnknown, &faults::routeUnknown},
    {api_code::internalError, &faults::serviceFailed, &faults::serviceFailed},
    {api_code::limitExceeded, &faults::quotaExhausted, &faults::quotaExhausted},
    {api_code::planNotAllowed, &faults::planExcludesApi, &faults::planExcludesApi},
}};

// Returns the message of an error response, in lower case.
std::string messageIn(const std::string& body) {
    const json parsed = parseShallow(body);
    const auto message = json::json_pointer("/error/message");
    const bool hasMessage = parsed.is_object() && parsed.contains(message) && parsed[message].is_string();
    return hasMessage ? lowerCase(trimmed(parsed[message].get_ref<const std::string&>())) : "";
}

// Returns item, limit and number of an exhausted quota, if the service sends them. Omits an item that is no field name,
// because such text may come from the user's data.
std::string quotaText(const Error& error) {
    const json data = parseShallow(error.apiData());
    if (!data.is_object()) return "";
    std::string text;
    const json item = data.value("itemName", json());
    if (item.is_string() && isFieldName(item.get<std::string>())) text += "; item: " + item.get<std::string>();
    for (const auto& [name, key] : {std::pair{"limit", "limit"}, std::pair{"number", "num"}}) {
        const json number = data.value(key, json());
        if (number.is_number()) text += fmt::format("; {}: {}", name, number.dump());
    }
    return text;
}

struct Check {
    const char* name;
    const char* textIfPassed;
};

/// The checks of a call, in the order of the report. The service responds, and then checks the token first. The order
/// of its other checks is not known. So an error response never shows that a check after the first two has passed.
constexpr std::array<Check, 5> checks{{
    {"service", "the API responds"},
    {"authentication", "the token is valid"},
    {"permission", "the token may list builds"},
    {"app", "the app exists"},
    {"plan", "the plan includes the API"},
}};
constexpr std::size_t checksKnownAfterFailure = 2;

// Returns a finding for each check that passed before the check of this finding, and then this finding.
Findings withPassedChecks(Finding finding) {
    Findings findings;
    // A response with unreadable builds is a successful response, so all checks have passed.
    const bool hasCallFailed = finding.verdict == Verdict::failed && finding.check != "builds";
    const std::size_t knownChecks = hasCallFailed ? checksKnownAfterFailure : checks.size();
    for (std::size_t i = 0; i < knownChecks && finding.check != checks[i].name; ++i) {
        findings.push_back(pass(checks[i].name, checks[i].textIfPassed));
    }
    findings.push_back(std::move(finding));
    return findings;
}

template <typename Names>
std::string commaSeparated(const Names& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

// Describes the builds of a page by their number and by the names of unusual fields.
std::string shapeText(const BodyShape& shape) {
    std::string text = counted(static_cast<std::int64_t>(shape.builds), "build");
    if (!shape.unexpected.empty()) text += "; unreadable: " + commaSeparated(shape.unexpected);
    if (!shape.unknown.empty()) text += "; unknown and ignored: " + commaSeparated(shape.unknown);
    return text;
}

Finding buildsFinding(const BodyShape& shape) {
    if (shape.builds == 0) return describe(faults::noBuilds, ExitCode::done);
    if (!shape.unexpected.empty()) return describe(faults::fieldsUnreadable, ExitCode::done, shapeText(shape));
    if (!shape.unknown.empty()) return describe(faults::fieldsUnknown, ExitCode::done, shapeText(shape));
    return pass("builds", shapeText(shape) + ", all fields are known");
}

/// An error response, and the kind of the token that was sent.
struct Failure {
    const Error& error;
    const HttpResponse& response;
    bool isAppToken;
};

// Describes an error response by its error code. Absent if this program does not list the code.
std::optional<Finding> findingOfCode(const Failure& failure) {
    const Error& error = failure.error;
    if (!error.apiCode()) return std::nullopt;
    const std::string message = messageIn(failure.response.body);
    const auto found = std::find_if(codeFaults.begin(), codeFaults.end(), [&](const CodeFault& candidate) {
        return candidate.code == *error.apiCode() && (candidate.message.empty() || candidate.message == message);
    });
    if (found == codeFaults.end()) return std::nullopt;
    return describe(failure.isAppToken ? *found->ofAppToken : *found->ofServiceAccount, exitCodeOf(error.kind()),
                    *error.apiCode(), quotaText(error));
}

// Describes an error response without a known error code: by the kind of its error, its code, or its status. A gateway
// may have sent the response.
Finding findingOfStatus(const Failure& failure) {
    const Error& error = failure.error;
    const int status = failure.response.status;
    const auto failed = [&](const Fault& fault, const auto&... args) {
        return describe(fault, exitCodeOf(error.kind()), args...);
    };
    const auto delay = error.retryAfter();
    const std::string delayText = delay ? fmt::format(", for another {} s", delay->count()) : "";
    if (error.kind() == ErrorKind::rateLimited) return failed(faults::tooManyRequests, delayText);
    if (status >= 300 && status < 400) return failed(faults::redirected, status);
    if (error.apiCode()) return failed(faults::codeUnknown, *error.apiCode(), status);
    if (status == 503) return failed(faults::serviceDown, delayText);
    return failed(status >= 500 ? faults::gatewayFailed : faults::errorOfOtherServer,
                  responseSummary(failure.response));
}

// Describes a successful response that the library could not read.
Finding findingOfBody(const HttpResponse& response, ExitCode code) {
    const std::string& body = response.body;
    if (const BodyShape shape = shapeOf(body); !shape.unexpected.empty())
        return describe(faults::buildsUnreadable, code, shapeText(shape));
    if (json::accept(body)) return describe(faults::noList, code, responseSummary(response));
    const std::string_view text = trimmed(body);
    const bool beginsAsJson = !text.empty() && text.front() == '{';
    return describe(beginsAsJson ? faults::invalidJson : faults::notFromTheApi, code, responseSummary(response));
}

Finding findingOf(const Failure& failure) {
    const int status = failure.response.status;
    const bool isSuccessful = status >= 200 && status < 300;
    if (auto finding = findingOfCode(failure)) return *std::move(finding);
    // A successful status with an error code is an error, too.
    if (!isSuccessful || failure.error.apiCode()) return findingOfStatus(failure);
    return findingOfBody(failure.response, exitCodeOf(failure.error.kind()));
}

// Describes a call without a response by the kind of its error. Omits the message of the error, because it may contain
// the name of the host or of the app.
Finding findingWithoutResponse(ErrorKind kind) {
    const auto failed = [kind](const Fault& fault) { return describe(fault, exitCodeOf(kind), toString(kind)); };
    if (kind == ErrorKind::timeout) return failed(faults::responseTooSlow);
    if (kind == ErrorKind::responseTooLarge) return failed(faults::responseTooLarge);
    return failed(faults::noCompleteResponse);
}

// Describes a failure after which a retry succeeded.
Finding findingOfRetry(const Error& error) {
    const std::string cause =
        error.httpStatus() ? fmt::format("status {}", *error.httpStatus()) : std::string(toString(error.kind()));
    return describe(faults::transientFailure, ExitCode::done, cause);
}

// If a wrong kind of token may be the cause of the failure, sends the token to the other API once. If that API accepts
// the token, adds this to the finding.
Finding withAdviceOnOtherKind(Finding finding, ServiceAccess access, const CancellationToken& token) {
    const bool mayBeOtherKind =
        finding.check == "authentication" || finding.check == "permission" || finding.check == "app";
    if (!mayBeOtherKind || !access.otherKind) return finding;
    constexpr int maxRequests = 1;
    access.options.retry.maxAttempts = maxRequests;
    ProbeClient client(*access.otherKind, access.options, access.transport, maxRequests);
    if (!client.list({{"limit", "1"}}, token).page) return finding;
    finding.found += ": the token is of the other kind";
    finding.advice = faults::otherKind;
    return finding;
}

}  // namespace

ServiceFindings checkService(const ServiceAccess& access, const CancellationToken& token) {
    const BriefRetries retries;
    ClientOptions options = access.options;
    options.retry = retries.policy();
    const int maxRequests = BriefRetries::maxAttempts();
    ProbeClient client(access.credentials, options, access.transport, maxRequests);
    const ProbeResult result = client.list({}, token);
    if (!result.page && !result.response) {
        const Error& error = result.page.error();
        return {{findingWithoutResponse(error.kind())}, false, error.tlsFailure()};
    }
    const bool isAppToken = std::holds_alternative<AppToken>(access.credentials);
    if (!result.page) {
        const Failure failure{result.page.error(), *result.response, isAppToken};
        return {withPassedChecks(withAdviceOnOtherKind(findingOf(failure), access, token)), true, {}};
    }
    Findings findings = withPassedChecks(buildsFinding(shapeOf(result.response->body)));
    if (const auto failure = retries.firstFailure()) {
        findings.front() = findingOfRetry(*failure);  // instead of the passed check "service"
    }
    return {std::move(findings), true, {}};
}

}  // namespace applivery::program
