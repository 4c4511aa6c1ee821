#include "json/error_body.hpp"

#include "core/text.hpp"
#include "json/excerpt.hpp"
#include "json/nlohmann.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace applivery::detail {
namespace {

using Json = nlohmann::json;

constexpr std::size_t largestEnvelope = std::size_t{1} << 20U;  // a document takes many times its text
constexpr int deepestEnvelope = 64;  // writing a document out again takes stack for each level
constexpr std::size_t longestMessage = 500;
constexpr std::size_t longestData = 4096;

// Counts brackets outside strings, before a parser sees them.
bool isDeep(std::string_view body) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (inString && c == '\\') {
            ++i;
        } else if (c == '"') {
            inString = !inString;
        } else if (!inString && (c == '[' || c == '{')) {
            if (++depth > deepestEnvelope) return true;
        } else if (!inString && (c == ']' || c == '}')) {
            --depth;
        }
    }
    return false;
}

struct CodeMeaning {
    int code;
    ErrorKind kind;
};

constexpr std::array<CodeMeaning, 8> codeMeanings{{
    {api_code::noAuthToken, ErrorKind::authentication},
    {api_code::invalidToken, ErrorKind::authentication},
    {api_code::forbidden, ErrorKind::permissionDenied},
    {api_code::entityNotFound, ErrorKind::notFound},
    {api_code::routeNotFound, ErrorKind::notFound},
    {api_code::internalError, ErrorKind::server},
    {api_code::limitExceeded, ErrorKind::planLimit},
    {api_code::planNotAllowed, ErrorKind::planLimit},
}};

ErrorKind kindOfStatus(int status) {
    switch (status) {
        case 401:
            return ErrorKind::authentication;
        case 402:
            return ErrorKind::planLimit;
        case 403:
            return ErrorKind::permissionDenied;
        case 404:
            return ErrorKind::notFound;
        case 408:
            return ErrorKind::timeout;
        case 429:
            return ErrorKind::rateLimited;
        default:
            break;
    }
    if (status >= 400 && status < 500) return ErrorKind::invalidRequest;
    // An error inside a 2xx answer, of a code that is not known: the service refused, and more is not known.
    if (status >= 500 || (status >= 200 && status < 300)) return ErrorKind::server;
    return ErrorKind::invalidResponse;
}

ErrorKind kindOf(std::optional<int> code, int status) {
    const auto meaning = std::find_if(codeMeanings.begin(), codeMeanings.end(),
                                      [&](const CodeMeaning& row) { return row.code == code; });
    return meaning != codeMeanings.end() ? meaning->kind : kindOfStatus(status);
}

bool isRetryableStatus(int status) {
    constexpr std::array<int, 6> passing{408, 429, 500, 502, 503, 504};
    return std::find(passing.begin(), passing.end(), status) != passing.end();
}

std::string_view advice(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::authentication:
            return " Check that the token is whole, not deleted, and of the kind that this API takes.";
        case ErrorKind::permissionDenied:
            return " Give the token's role access to this app.";
        case ErrorKind::planLimit:
            return " The workspace's plan or its quota refuses this.";
        case ErrorKind::notFound:
            return " Check the organization's and the app's id, and ClientOptions::baseUrl.";
        case ErrorKind::invalidRequest:
            return " Check the filter, the page and the limit.";
        case ErrorKind::rateLimited:
            return " Ask less often, or later.";
        case ErrorKind::server:
        case ErrorKind::timeout:
            return " Try again later.";
        default:
            return "";
    }
}

Error withStatus(Error error, int status) {
    error.setHttpStatus(status);
    // A plan's limit stays, whatever status it travels with; so does a refused token.
    const bool mayPass = error.kind() == ErrorKind::server || error.kind() == ErrorKind::rateLimited ||
                         error.kind() == ErrorKind::timeout;
    error.setRetryable(mayPass && isRetryableStatus(status));
    return error;
}

std::optional<int> integerIn(const Json& object, const char* name) {
    const auto member = object.find(name);
    if (member == object.end() || !member->is_number_integer()) return std::nullopt;
    const auto number = member->get<std::int64_t>();
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(number);
}

// Where a redirect would lead, without what may be secret in it: a user's name, a query.
std::string redirectTarget(const HttpHeaders& headers, const Secret& secret) {
    const auto header = std::find_if(headers.begin(), headers.end(),
                                     [](const auto& row) { return equalsIgnoringCase(row.first, "Location"); });
    if (header == headers.end()) return "nowhere";
    std::string target = header->second.substr(0, header->second.find_first_of("?#"));
    const std::size_t authority = target.find("//");
    const std::size_t path = authority == std::string::npos ? 0 : target.find('/', authority + 2);
    const std::size_t user = target.rfind('@', path);
    if (authority != std::string::npos && user != std::string::npos && user > authority) {
        target.erase(authority + 2, user - authority - 1);
    }
    return excerpt(target, secret);
}

}  // namespace

std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret) {
    if (body.size() > largestEnvelope) return std::nullopt;
    if (isDeep(body)) return std::nullopt;
    const Json document = Json::parse(body, nullptr, false);
    if (!document.is_object()) return std::nullopt;
    const auto error = document.find("error");
    if (error == document.end() || !error->is_object()) return std::nullopt;
    ErrorEnvelope envelope;
    envelope.code = integerIn(*error, "code");
    if (const auto message = error->find("message"); message != error->end() && message->is_string()) {
        envelope.message = secret.redacted(message->get<std::string>(), 0, longestMessage);
    }
    if (const auto data = error->find("data"); data != error->end() && !data->is_null()) {
        std::string text = secret.redacted(data->dump(-1, ' ', true));
        if (text.size() <= longestData) envelope.data = std::move(text);
    }
    return envelope;
}

Error errorFromEnvelope(const HttpResponse& response, const ErrorEnvelope& envelope) {
    const ErrorKind kind = kindOf(envelope.code, response.status);
    std::string message = "the service answered " + std::to_string(response.status) + ": ";
    message += envelope.message.empty() ? "an error without a message" : escaped(envelope.message);
    if (envelope.code) message += " (code " + std::to_string(*envelope.code) + ")";
    message += '.';
    message += advice(kind);
    Error error(kind, std::move(message));
    error.setApi(envelope.code, envelope.data);
    return withStatus(std::move(error), response.status);
}

Error errorFromFailure(const HttpResponse& response, const Secret& secret) {
    if (const auto envelope = readErrorEnvelope(response.body, secret)) return errorFromEnvelope(response, *envelope);
    const ErrorKind kind = kindOfStatus(response.status);
    std::string message = "the service answered " + std::to_string(response.status);
    if (response.status >= 300 && response.status < 400) {
        message += ", a redirect to " + redirectTarget(response.headers, secret) +
                   ". Redirects are not followed: set ClientOptions::baseUrl to the service's own address";
    } else if (trimmed(response.body).empty()) {
        message += " with an empty body";
    } else {
        message += " with a body that is not the service's: " + excerpt(response.body, secret);
    }
    message += '.';
    message += advice(kind);
    return withStatus(Error(kind, std::move(message)), response.status);
}

}  // namespace applivery::detail
