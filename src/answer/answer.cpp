#include "answer/answer.hpp"

#include "answer/failure.hpp"
#include "json/error_envelope.hpp"
#include "json/page_decoder.hpp"

#include <utility>

namespace applivery::detail {
namespace {

bool isSuccess(int status) {
    return status >= 200 && status < 300;
}

Error withoutReason(int status, const char* what) {
    return errorFromBody(status, {DecodeFailure::Reason::notAList, what});
}

Result<BuildPage> pageFrom(DecodedBody decoded, HttpResponse response, const DecodeOptions& options,
                           const Secret& secret) {
    if (!decoded.hasItems) return withoutReason(response.status, "the answer has no list data.items.");
    BuildPage page = std::move(decoded.page);
    if (page.number < 1) page.number = options.requestedPage;
    if (options.keepRawJson) page.rawJson = secret.redacted(std::move(response.body));
    return page;
}

}  // namespace

Result<BuildPage> readAnswer(HttpResponse response, const DecodeOptions& options, const Secret& secret) {
    const bool hasGoodStatus = isSuccess(response.status);
    std::optional<DecodeFailure> failure;
    if (hasGoodStatus) {
        auto decoded = decodeBody(response.body, options.memoryLimit, secret);
        if (auto* const body = std::get_if<DecodedBody>(&decoded); body != nullptr && body->saysSuccess()) {
            return pageFrom(std::move(*body), std::move(response), options, secret);
        }
        if (auto* const fault = std::get_if<DecodeFailure>(&decoded)) failure = std::move(*fault);
    }
    if (const auto envelope = readErrorEnvelope(response.body, secret)) {
        return errorFromEnvelope(response.status, *envelope);
    }
    if (!hasGoodStatus) return errorFromStatus(response, secret);
    if (failure) return errorFromBody(response.status, *std::move(failure));
    return withoutReason(response.status, "the answer's status is not true, and it names no error.");
}

}  // namespace applivery::detail
