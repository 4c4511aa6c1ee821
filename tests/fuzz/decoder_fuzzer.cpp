/// @file
/// Fuzzes decoding, encoding and decoding again of pages and builds. With simdjson, compares both parsers.
#include "fuzz/fuzzer.hpp"
#include "json/parsers.hpp"
#include "json/schema.hpp"
#include "json/schema_writer.hpp"

#include <applivery/applivery.hpp>

namespace {

using namespace applivery;

// Both parsers must read the same. nlohmann/json is the reference, because the library uses it without simdjson.
void requireSameResultOfParsers([[maybe_unused]] std::string_view text) {
#ifdef APPLIVERY_SIMDJSON
    detail::JsonInput json{text, std::size_t{1} << 20U};
    json.keepsUnknownFields = true;
    detail::Envelope bySimdjson;
    if (!detail::parseBySimdjson(json, detail::rootField<detail::Envelope>, &bySimdjson, detail::Secret())) return;
    detail::Envelope byNlohmann;
    fuzz::require(!detail::parseByNlohmann(json, detail::rootField<detail::Envelope>, &byNlohmann, detail::Secret()),
                  "a text that simdjson accepts is valid");
    fuzz::require(detail::writeJson(detail::fieldsOf<detail::Envelope>(), &bySimdjson) ==
                      detail::writeJson(detail::fieldsOf<detail::Envelope>(), &byNlohmann),
                  "both parsers read the same");
#endif
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    requireSameResultOfParsers(text);
    if (const auto build = buildFromJson(text)) {
        const auto again = buildFromJson(toJson(*build));
        fuzz::require(again.has_value(), "a build that was written can be read");
        fuzz::require(*again == *build, "a build stays the same when it is written and read");
    }
    const auto page = pageFromJson(text);
    if (!page) {
        fuzz::requireOneLine(page.error().message());
        return 0;
    }
    const auto again = pageFromJson(toJson(*page));
    fuzz::require(again.has_value(), "a page that was written can be read");
    fuzz::require(*again == *page, "a page stays the same when it is written and read");
    return 0;
}
