/// @file
/// Fuzzes decoding, encoding and decoding again of pages and builds. With simdjson, compares both parsers.
#include "fuzz/fuzzer.hpp"
#include "json/parsers.hpp"
#include "json/schema.hpp"
#include "json/schema_writer.hpp"

#include <applivery/applivery.hpp>

namespace {

using namespace applivery;

void requireSameOfBoth([[maybe_unused]] std::string_view text) {
#ifdef APPLIVERY_SIMDJSON
    detail::JsonInput json{text, std::size_t{1} << 20U};
    json.keepsUnknownFields = true;
    detail::Envelope quick;
    if (!detail::parseBySimdjson(json, detail::rootField<detail::Envelope>, &quick, detail::Secret())) return;
    detail::Envelope judged;
    fuzz::require(!detail::parseByNlohmann(json, detail::rootField<detail::Envelope>, &judged, detail::Secret()),
                  "both parsers accept it");
    fuzz::require(detail::writeJson(detail::fieldsOf<detail::Envelope>(), &quick) ==
                      detail::writeJson(detail::fieldsOf<detail::Envelope>(), &judged),
                  "both parsers read the same");
#endif
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    requireSameOfBoth(text);
    if (const auto build = buildFromJson(text)) {
        const auto again = buildFromJson(toJson(*build));
        fuzz::require(again.has_value(), "a build that was written can be read");
        fuzz::require(*again == *build, "a build that was written is the same");
    }
    const auto page = pageFromJson(text);
    if (!page) {
        fuzz::requireOneLine(page.error().message());
        return 0;
    }
    const auto again = pageFromJson(toJson(*page));
    fuzz::require(again.has_value(), "what was written can be read");
    fuzz::require(*again == *page, "what was written is the same");
    return 0;
}
