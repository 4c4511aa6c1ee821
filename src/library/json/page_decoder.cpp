#include "json/page_decoder.hpp"

#include "core/excerpt.hpp"
#include "json/parse.hpp"
#include "json/schema.hpp"
#include "json/schema_writer.hpp"

#include <optional>
#include <string_view>
#include <utility>

namespace applivery::detail {
namespace {

// Detects empty bodies and HTML pages, which gateways send. The message is more exact than that of a parser.
std::optional<DecodeFailure> detectEmptyOrHtml(std::string_view body, const Secret& secret) {
    const std::size_t start = body.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    std::string message;
    if (start == std::string_view::npos) {
        message = "the response is empty.";
    } else if (body[start] == '<') {
        message = "the response is an HTML or XML page, not JSON: " + excerpt(body, secret) + '.';
    } else {
        return std::nullopt;
    }
    return DecodeFailure{DecodeFailure::Reason::emptyOrHtml, std::move(message)};
}

DecodedBody toDecodedBody(Envelope envelope) {
    ListData& data = envelope.data;
    DecodedBody body;
    body.statusIsTrue = envelope.status.isSet;
    body.hasErrorObject = envelope.error.has_value();
    body.hasItems = data.items.has_value();
    if (data.items) body.page.items = *std::move(data.items);
    body.page.number = toInt(data.page, 1).value_or(0);
    body.page.limit = toInt(data.limit, 0);
    body.page.totalPages = toInt(data.totalPages, 0);
    if (data.totalDocs && *data.totalDocs >= 0) body.page.totalItems = data.totalDocs;
    body.page.hasNextPage = data.hasNextPage;
    return body;
}

}  // namespace

std::variant<DecodedBody, DecodeFailure> decodeBody(const JsonInput& body, const Secret& secret) {
    if (auto failure = detectEmptyOrHtml(body.text, secret)) return *std::move(failure);
    Envelope envelope;
    if (auto failure = parseJson(body, rootField<Envelope>, &envelope, secret)) return *std::move(failure);
    return toDecodedBody(std::move(envelope));
}

std::string writeBody(const BuildPage& page) {
    EnvelopeToWrite envelope;
    envelope.status.isSet = true;
    ListDataToWrite& data = envelope.data;
    data.items = &page.items;
    data.page = page.number;
    data.limit = page.limit;
    data.totalPages = page.totalPages;
    data.totalDocs = page.totalItems;
    data.hasNextPage = page.hasNextPage;
    return writeJson(fieldsOf<EnvelopeToWrite>(), &envelope);
}

}  // namespace applivery::detail
