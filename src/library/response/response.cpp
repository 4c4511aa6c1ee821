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

// A body that is no page, though nothing else was wrong.
struct NoPage {
    std::optional<ErrorEnvelope> envelope;
    DecodeFailure failure;
};

std::variant<BuildPage, NoPage> pageOf(std::string_view body, const DecodeOptions& options, const Secret& secret) {
    const auto notAList = [](const char* what) { return DecodeFailure{DecodeFailure::Reason::notAList, what}; };
    JsonText text{body, options.memoryLimit};
    text.shouldContinue = options.shouldContinue;
    text.keepsUnknownFields = options.keepUnknownFields;
    auto decoded = decodeBody(text, secret);
    if (auto* const read = std::get_if<DecodedBody>(&decoded)) {
        if (!read->saysSuccess()) {
            return NoPage{readErrorEnvelope(body, secret),
                          notAList("the answer's status is not true, and it names no error.")};
        }
        if (!read->hasItems) return NoPage{std::nullopt, notAList("the answer has no list data.items.")};
        if (read->page.number < 1) read->page.number = options.requestedPage;
        return std::move(read->page);
    }
    auto& failure = std::get<DecodeFailure>(decoded);
    if (failure.reason == DecodeFailure::Reason::stopped) return NoPage{std::nullopt, std::move(failure)};
    return NoPage{readErrorEnvelope(body, secret), std::move(failure)};
}

}  // namespace

Result<BuildPage> readAnswer(HttpResponse response, const DecodeOptions& options, const Secret& secret) {
    if (!isSuccess(response.status)) {
        const auto envelope = readErrorEnvelope(response.body, secret);
        return envelope ? errorFromEnvelope(response.status, *envelope) : errorFromStatus(response, secret);
    }
    auto read = pageOf(response.body, options, secret);
    if (auto* const none = std::get_if<NoPage>(&read)) {
        return none->envelope ? errorFromEnvelope(response.status, *none->envelope)
                              : errorFromBody(response.status, std::move(none->failure));
    }
    BuildPage page = std::get<BuildPage>(std::move(read));
    if (options.keepRawJson) page.rawJson = secret.redacted(std::move(response.body));
    return page;
}

Result<BuildPage> readBody(std::string_view body, const DecodeOptions& options, const Secret& secret) {
    auto read = pageOf(body, options, secret);
    if (auto* const none = std::get_if<NoPage>(&read)) {
        return none->envelope ? errorFromEnvelope(std::nullopt, *none->envelope)
                              : errorFromText(std::move(none->failure));
    }
    return std::get<BuildPage>(std::move(read));
}

}  // namespace applivery::detail
