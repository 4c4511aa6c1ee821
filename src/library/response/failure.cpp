#include "response/failure.hpp"

#include "core/excerpt.hpp"
#include "core/text.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace applivery::detail {
namespace {

struct CodeMeaning {
    int code;
    ErrorKind kind;
    std::string_view advice{};  // empty: the advice of the kind
};

constexpr std::array<CodeMeaning, 10> codeMeanings{{
    {api_code::noAuthToken, ErrorKind::authentication,
     " The service did not receive the header Authorization. Check whether a proxy removes it."},
    {api_code::invalidToken, ErrorKind::authentication},
    {api_code::tokenExpired, ErrorKind::authentication, " Create a new token."},
    {api_code::forbidden, ErrorKind::permissionDenied},
    {api_code::entityNotFound, ErrorKind::notFound},
    {api_code::routeNotFound, ErrorKind::notFound},
    {api_code::internalError, ErrorKind::server},
    {api_code::limitExceeded, ErrorKind::planLimit},
    {api_code::planNotAllowed, ErrorKind::planLimit},
    {api_code::buildNotProcessed, ErrorKind::invalidRequest, " Wait until the build is processed."},
}};

// Returns null if the code is unknown.
const CodeMeaning* findCode(const ErrorEnvelope& envelope) {
    // For a wrong token, the service may send noAuthToken with the message of invalidToken.
    const bool isWrongToken =
        envelope.code == api_code::noAuthToken && equalsIgnoringCase(trimmed(envelope.message), "Invalid Token");
    const std::optional<int> code = isWrongToken ? api_code::invalidToken : envelope.code;
    const auto* const row = std::find_if(codeMeanings.begin(), codeMeanings.end(),
                                         [&](const CodeMeaning& meaning) { return meaning.code == code; });
    return row != codeMeanings.end() ? row : nullptr;
}

// The meaning of the statuses from `first` to `last`.
struct StatusMeaning {
    int first;
    int last;
    ErrorKind kind;
    bool isTransient;
};

// The first matching row applies. Cloudflare sends 520 to 527, 529 and 530 if the origin server fails.
constexpr std::array<StatusMeaning, 17> statusMeanings{{
    {200, 299, ErrorKind::server, false},  // with an error of an unknown code
    {401, 401, ErrorKind::authentication, false},
    {402, 402, ErrorKind::planLimit, false},
    {403, 403, ErrorKind::permissionDenied, false},
    {404, 404, ErrorKind::notFound, false},
    {407, 407, ErrorKind::connection, false},  // from a proxy
    {408, 408, ErrorKind::timeout, true},
    {425, 425, ErrorKind::server, true},  // too early
    {429, 429, ErrorKind::rateLimited, true},
    {400, 499, ErrorKind::invalidRequest, false},
    {500, 500, ErrorKind::server, true},
    {502, 504, ErrorKind::server, true},
    {520, 527, ErrorKind::server, true},
    {529, 530, ErrorKind::server, true},
    {500, 999, ErrorKind::server, false},
    {300, 399, ErrorKind::invalidResponse, false},  // redirects are not followed
    {0, 999, ErrorKind::invalidResponse, false},
}};

const StatusMeaning& meaningOfStatus(int status) {
    const auto covers = [&](const StatusMeaning& row) { return row.first <= status && status <= row.last; };
    const auto row = std::find_if(statusMeanings.begin(), statusMeanings.end(), covers);
    return row != statusMeanings.end() ? *row : statusMeanings.back();
}

struct KindMeaning {
    ErrorKind kind;
    bool isTransient;  // an error with a status is transient only if the status is transient too
    std::string_view advice;
};

constexpr std::array<KindMeaning, 8> kindMeanings{{
    {ErrorKind::authentication, false,
     " Check that the token is complete, is not deleted, and is of the kind that this API accepts."},
    {ErrorKind::permissionDenied, false, " Give the token's role access to this app."},
    {ErrorKind::planLimit, false, " Check the plan and the quota of the workspace."},
    {ErrorKind::notFound, false, " Check the ids of the organization and the app, and ClientOptions::baseUrl."},
    {ErrorKind::invalidRequest, false, " Check the filter, the page and the limit."},
    {ErrorKind::rateLimited, true, " Send fewer requests, or try again later."},
    {ErrorKind::server, true, " Try again later."},
    {ErrorKind::timeout, true, " Try again later."},
}};

KindMeaning meaningOfKind(ErrorKind kind) {
    const auto row = std::find_if(kindMeanings.begin(), kindMeanings.end(),
                                  [&](const KindMeaning& meaning) { return meaning.kind == kind; });
    return row != kindMeanings.end() ? *row : KindMeaning{kind, kind == ErrorKind::connection, ""};
}

// Returns whether a retry can succeed. A plan limit or a rejected token is permanent with every status.
bool isTransient(ErrorKind kind, std::optional<int> status) {
    return meaningOfKind(kind).isTransient && (!status || meaningOfStatus(*status).isTransient);
}

Error errorWithAdvice(ErrorKind kind, int status, std::string message, std::string_view advice = {}) {
    message += '.';
    message += advice.empty() ? meaningOfKind(kind).advice : advice;
    return Error(kind, std::move(message)).setHttpStatus(status).setRetryable(isTransient(kind, status));
}

// Returns the target of a redirect without the parts that may be secret: user name, password, query and fragment.
std::string redirectTarget(const HttpHeaders& headers, const Secret& secret) {
    const std::string* const location = findHeader(headers, "Location");
    if (location == nullptr) return "an unknown target";
    std::string target = secret.redacted(*location);
    target.resize(std::min(target.find_first_of("?#"), target.size()));
    const std::size_t authority = target.find("//");
    const std::size_t path = authority == std::string::npos ? 0 : target.find('/', authority + 2);
    const std::size_t user = target.rfind('@', path);
    if (authority != std::string::npos && user != std::string::npos && user > authority) {
        target.erase(authority + 2, user - authority - 1);
    }
    return excerpt(target, secret);
}

}  // namespace

Error errorFromTransport(Error error) {
    const bool canBeRetried = isTransient(error.kind(), error.httpStatus());
    return error.setRetryable(canBeRetried);
}

Error errorFromEnvelope(std::optional<int> status, const ErrorEnvelope& envelope) {
    std::string message = "the service returned" + (status ? ' ' + std::to_string(*status) : std::string()) + ": ";
    message += envelope.message.empty() ? "an error without a message" : printable(envelope.message);
    if (envelope.code) message += " (code " + std::to_string(*envelope.code) + ")";
    constexpr int ok = 200;  // a stored response has no status, and is classified like a response with 200
    const CodeMeaning* const meaning = findCode(envelope);
    const ErrorKind kind = meaning != nullptr ? meaning->kind : meaningOfStatus(status.value_or(ok)).kind;
    const std::string_view advice = meaning != nullptr ? meaning->advice : std::string_view();
    Error error = status ? errorWithAdvice(kind, *status, std::move(message), advice) : Error(kind, message + '.');
    return error.setApi(envelope.code, envelope.data);
}

Error errorFromStatus(const HttpResponse& response, const Secret& secret) {
    std::string message = "the service returned " + std::to_string(response.status);
    if (response.status >= 300 && response.status < 400) {
        message += ", a redirect to " + redirectTarget(response.headers, secret) +
                   ". Redirects are not followed. Set ClientOptions::baseUrl to the address of the service";
    } else if (response.status == 407) {
        message = "a proxy requires credentials. Add the user name and password to the URL of the proxy";
    } else if (trimmed(response.body).empty()) {
        message += " with an empty body";
    } else {
        message += " with a body that is not from the service: " + excerpt(response.body, secret);
    }
    return errorWithAdvice(meaningOfStatus(response.status).kind, response.status, std::move(message));
}

namespace {

std::string_view adviceFor(DecodeFailure::Reason reason) {
    switch (reason) {
        case DecodeFailure::Reason::emptyOrHtml:
            return " Check ClientOptions::baseUrl.";
        case DecodeFailure::Reason::mismatch:
            return " Check whether a newer version of this library is available.";
        case DecodeFailure::Reason::tooLarge:
            return " Request fewer builds with Page::limit, or increase ClientOptions::maxResponseBytes.";
        case DecodeFailure::Reason::malformed:
        case DecodeFailure::Reason::cancelled:
            break;
    }
    return "";
}

ErrorKind kindOf(DecodeFailure::Reason reason) {
    if (reason == DecodeFailure::Reason::tooLarge) return ErrorKind::responseTooLarge;
    return reason == DecodeFailure::Reason::cancelled ? ErrorKind::cancelled : ErrorKind::invalidResponse;
}

}  // namespace

Error errorFromText(DecodeFailure failure) {
    return Error(kindOf(failure.reason), std::move(failure.message)).setRetryable(false);
}

Error errorFromBody(int status, DecodeFailure failure) {
    const DecodeFailure::Reason reason = failure.reason;
    failure.message += adviceFor(reason);
    // A retry may bring a complete body in place of a damaged one. It does not change a complete body.
    const bool canBeRetried =
        reason == DecodeFailure::Reason::malformed || reason == DecodeFailure::Reason::emptyOrHtml;
    return errorFromText(std::move(failure)).setHttpStatus(status).setRetryable(canBeRetried);
}

}  // namespace applivery::detail
