#include "json/parse.hpp"

#include "json/parsers.hpp"

namespace applivery::detail {

std::optional<DecodeFailure> parseJson(const JsonInput& input, const Field& row, void* object, const Secret& secret) {
#ifdef APPLIVERY_SIMDJSON
    if (parseBySimdjson(input, row, object, secret)) return std::nullopt;
    row.type->reset(row.member(object));  // removes the values that simdjson has read
#endif
    return parseByNlohmann(input, row, object, secret);
}

}  // namespace applivery::detail
