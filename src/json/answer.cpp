#include "json/answer.hpp"

#include "json/error_body.hpp"
#include "json/excerpt.hpp"
#include "json/page_decoder.hpp"

#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

bool isSuccess(int status) {
    return status >= 200 && status < 300;
}

// Gateways answer 200 with an empty body or a page of their own; to say so helps more than a parser's complaint.
std::optional<Error> noJson(const HttpResponse& response, const Secret& secret) {
    const std::size_t start = response.body.find_first_not_of(" \t\r\n");
    const char* found = nullptr;
    if (start == std::string::npos) found = "the answer is empty.";
    if (start != std::string::npos && response.body[start] == '<')
        found = "the answer is an HTML or XML page, not JSON: ";
    if (found == nullptr) return std::nullopt;
    Error error(ErrorKind::invalidResponse,
                found + (start == std::string::npos ? "" : excerpt(response.body, secret) + '.') +
                    " Does ClientOptions::baseUrl name the service?");
    error.setRetryable(true);
    return error;
}

Result<BuildPage> readSuccess(HttpResponse& response, const DecodeOptions& options, const Secret& secret) {
    if (auto error = noJson(response, secret)) return *std::move(error);
    Result<DecodedBody> decoded = decodeBody(response.body, options.memoryLimit, secret);
    const bool isOk = decoded && decoded->statusIsTrue && !decoded->hasErrorObject;
    if (!isOk) {
        if (const auto envelope = readErrorEnvelope(response.body, secret))
            return errorFromEnvelope(response, *envelope);
    }
    if (!decoded) return std::move(decoded.error());
    if (!isOk) return Error(ErrorKind::invalidResponse, "the answer's status is not true, and it names no error.");
    if (!decoded->hasItems) return Error(ErrorKind::invalidResponse, "the answer has no list data.items.");
    BuildPage page = std::move(decoded->page);
    if (page.number < 1) page.number = options.requestedPage;
    if (options.keepRawJson) page.rawJson = secret.redacted(std::move(response.body));
    return page;
}

}  // namespace

Result<BuildPage> readAnswer(HttpResponse response, const DecodeOptions& options, const Secret& secret) {
    if (!isSuccess(response.status)) return errorFromFailure(response, secret);
    Result<BuildPage> page = readSuccess(response, options, secret);
    if (!page) page.error().setHttpStatus(response.status);
    return page;
}

}  // namespace applivery::detail
