#include "response/response.hpp"

#include "json/error_envelope.hpp"
#include "json/page_decoder.hpp"
#include "response/failure.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace applivery::detail {
namespace {

bool isSuccess(int status) {
    return status >= 200 && status < 300;
}

// Holds the reason for which a body is not a page: the error of the service if the body contains one; else the failure.
struct NotAPage {
    std::optional<ErrorEnvelope> envelope;
    DecodeFailure failure;
};

std::variant<BuildPage, NotAPage> decodePage(std::string_view body, const DecodeOptions& options,
                                             const Secret& secret) {
    const auto mismatch = [](const char* message) { return DecodeFailure{DecodeFailure::Reason::mismatch, message}; };
    JsonInput input{body, options.memoryLimit};
    input.shouldContinue = options.shouldContinue;
    input.keepsUnknownFields = options.keepUnknownFields;
    auto decoded = decodeBody(input, secret);
    if (auto* const read = std::get_if<DecodedBody>(&decoded)) {
        if (!read->isSuccess()) {
            return NotAPage{readErrorEnvelope(body, secret),
                            mismatch("the response has a status that is not true, and no error.")};
        }
        if (!read->hasItems) return NotAPage{std::nullopt, mismatch("the response has no list data.items.")};
        if (read->page.number < 1) read->page.number = options.requestedPage;
        return std::move(read->page);
    }
    auto& failure = std::get<DecodeFailure>(decoded);
    if (failure.reason == DecodeFailure::Reason::cancelled) return NotAPage{std::nullopt, std::move(failure)};
    return NotAPage{readErrorEnvelope(body, secret), std::move(failure)};
}

}  // namespace

Result<BuildPage> readResponse(HttpResponse response, const DecodeOptions& options, const Secret& secret) {
    if (!isSuccess(response.status)) {
        const auto envelope = readErrorEnvelope(response.body, secret);
        return envelope ? errorFromEnvelope(response.status, *envelope) : errorFromStatus(response, secret);
    }
    auto read = decodePage(response.body, options, secret);
    if (auto* const problem = std::get_if<NotAPage>(&read)) {
        return problem->envelope ? errorFromEnvelope(response.status, *problem->envelope)
                                 : errorFromBody(response.status, std::move(problem->failure));
    }
    BuildPage page = std::get<BuildPage>(std::move(read));
    if (options.keepRawJson) page.rawJson = secret.redacted(std::move(response.body));
    return page;
}

Result<BuildPage> readBody(std::string_view body, const DecodeOptions& options, const Secret& secret) {
    auto read = decodePage(body, options, secret);
    if (auto* const problem = std::get_if<NotAPage>(&read)) {
        return problem->envelope ? errorFromEnvelope(std::nullopt, *problem->envelope)
                                 : errorFromText(std::move(problem->failure));
    }
    return std::get<BuildPage>(std::move(read));
}

}  // namespace applivery::detail
