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
     " The header Authorization did not arrive: check the gateways and proxies on the way."},
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

// Null for a code that is not known.
const CodeMeaning* meaningOf(const ErrorEnvelope& envelope) {
    // The service also sends 4002 for a wrong token, with the message of 4004.
    const bool isWrongToken =
        envelope.code == api_code::noAuthToken && equalsIgnoringCase(trimmed(envelope.message), "Invalid Token");
    const std::optional<int> code = isWrongToken ? api_code::invalidToken : envelope.code;
    const auto* const row = std::find_if(codeMeanings.begin(), codeMeanings.end(),
                                         [&](const CodeMeaning& meaning) { return meaning.code == code; });
    return row != codeMeanings.end() ? row : nullptr;
}

// From the first status of a range to the last.
struct StatusMeaning {
    int first;
    int last;
    ErrorKind kind;
    bool mayPass;
};

// 520 to 530 are what Cloudflare sends if the service behind it fails; 528 is none of them.
constexpr std::array<StatusMeaning, 17> statusMeanings{{
    {200, 299, ErrorKind::server, false},  // an error of no known code in a good answer
    {401, 401, ErrorKind::authentication, false},
    {402, 402, ErrorKind::planLimit, false},
    {403, 403, ErrorKind::permissionDenied, false},
    {404, 404, ErrorKind::notFound, false},
    {407, 407, ErrorKind::connection, false},  // of a proxy
    {408, 408, ErrorKind::timeout, true},
    {425, 425, ErrorKind::server, true},  // too early
    {429, 429, ErrorKind::rateLimited, true},
    {400, 499, ErrorKind::invalidRequest, false},
    {500, 500, ErrorKind::server, true},
    {502, 504, ErrorKind::server, true},
    {520, 527, ErrorKind::server, true},
    {529, 530, ErrorKind::server, true},
    {500, 999, ErrorKind::server, false},
    {300, 399, ErrorKind::invalidResponse, false},  // redirects, which are not followed
    {0, 999, ErrorKind::invalidResponse, false},
}};

const StatusMeaning& meaningOf(int status) {
    const auto covers = [&](const StatusMeaning& row) { return row.first <= status && status <= row.last; };
    const auto row = std::find_if(statusMeanings.begin(), statusMeanings.end(), covers);
    return row != statusMeanings.end() ? *row : statusMeanings.back();
}

struct KindMeaning {
    ErrorKind kind;
    bool mayPass;  // where the status, if one came, does not say otherwise
    std::string_view advice;
};

constexpr std::array<KindMeaning, 8> kindMeanings{{
    {ErrorKind::authentication, false,
     " Check that the token is whole, not deleted, and of the kind that this API takes."},
    {ErrorKind::permissionDenied, false, " Give the token's role access to this app."},
    {ErrorKind::planLimit, false, " The workspace's plan or its quota refuses this."},
    {ErrorKind::notFound, false, " Check the organization's and the app's id, and ClientOptions::baseUrl."},
    {ErrorKind::invalidRequest, false, " Check the filter, the page and the limit."},
    {ErrorKind::rateLimited, true, " Ask less often, or later."},
    {ErrorKind::server, true, " Try again later."},
    {ErrorKind::timeout, true, " Try again later."},
}};

KindMeaning meaningOf(ErrorKind kind) {
    const auto row = std::find_if(kindMeanings.begin(), kindMeanings.end(),
                                  [&](const KindMeaning& meaning) { return meaning.kind == kind; });
    return row != kindMeanings.end() ? *row : KindMeaning{kind, kind == ErrorKind::connection, ""};
}

// The one place that decides it. A plan's limit stays, whatever status it travels with; so does a refused token.
bool mayPassByItself(ErrorKind kind, std::optional<int> status) {
    return meaningOf(kind).mayPass && (!status || meaningOf(*status).mayPass);
}

Error fromAnswer(ErrorKind kind, int status, std::string message, std::string_view advice = {}) {
    message += '.';
    message += advice.empty() ? meaningOf(kind).advice : advice;
    return Error(kind, std::move(message)).setHttpStatus(status).setRetryable(mayPassByItself(kind, status));
}

// Where a redirect would lead, without what may be secret in it: a user's name, a query.
std::string redirectTarget(const HttpHeaders& headers, const Secret& secret) {
    const std::string* const location = findHeader(headers, "Location");
    if (location == nullptr) return "nowhere";
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
    const bool mayPass = mayPassByItself(error.kind(), error.httpStatus());
    return error.setRetryable(mayPass);
}

Error errorFromEnvelope(std::optional<int> status, const ErrorEnvelope& envelope) {
    std::string message = "the service answered" + (status ? ' ' + std::to_string(*status) : std::string()) + ": ";
    message += envelope.message.empty() ? "an error without a message" : printable(envelope.message);
    if (envelope.code) message += " (code " + std::to_string(*envelope.code) + ")";
    constexpr int good = 200;  // what is said of a code in a good answer holds also where there is none
    const CodeMeaning* const meaning = meaningOf(envelope);
    const ErrorKind kind = meaning != nullptr ? meaning->kind : meaningOf(status.value_or(good)).kind;
    const std::string_view advice = meaning != nullptr ? meaning->advice : std::string_view();
    Error error = status ? fromAnswer(kind, *status, std::move(message), advice) : Error(kind, message + '.');
    return error.setApi(envelope.code, envelope.data);
}

Error errorFromStatus(const HttpResponse& response, const Secret& secret) {
    std::string message = "the service answered " + std::to_string(response.status);
    if (response.status >= 300 && response.status < 400) {
        message += ", a redirect to " + redirectTarget(response.headers, secret) +
                   ". Redirects are not followed: set ClientOptions::baseUrl to the service's own address";
    } else if (response.status == 407) {
        message = "a proxy asks for credentials. Give its user and password in the URL of the proxy";
    } else if (trimmed(response.body).empty()) {
        message += " with an empty body";
    } else {
        message += " with a body that is not the service's: " + excerpt(response.body, secret);
    }
    return fromAnswer(meaningOf(response.status).kind, response.status, std::move(message));
}

namespace {

std::string_view adviceFor(DecodeFailure::Reason reason) {
    switch (reason) {
        case DecodeFailure::Reason::nothing:
            return " Does ClientOptions::baseUrl name the service?";
        case DecodeFailure::Reason::notAList:
            return " Is a newer version of this library needed?";
        case DecodeFailure::Reason::tooLarge:
            return " Ask for fewer builds with Page::limit, or raise ClientOptions::maxResponseBytes.";
        case DecodeFailure::Reason::notJson:
        case DecodeFailure::Reason::stopped:
            break;
    }
    return "";
}

ErrorKind kindOf(DecodeFailure::Reason reason) {
    if (reason == DecodeFailure::Reason::tooLarge) return ErrorKind::responseTooLarge;
    return reason == DecodeFailure::Reason::stopped ? ErrorKind::cancelled : ErrorKind::invalidResponse;
}

}  // namespace

Error errorFromText(DecodeFailure failure) {
    return Error(kindOf(failure.reason), std::move(failure.message)).setRetryable(false);
}

Error errorFromBody(int status, DecodeFailure failure) {
    const DecodeFailure::Reason reason = failure.reason;
    failure.message += adviceFor(reason);
    // What was cut off or garbled on its way may come whole the next time. What is whole will be the same.
    const bool mayPass = reason == DecodeFailure::Reason::notJson || reason == DecodeFailure::Reason::nothing;
    return errorFromText(std::move(failure)).setHttpStatus(status).setRetryable(mayPass);
}

}  // namespace applivery::detail
