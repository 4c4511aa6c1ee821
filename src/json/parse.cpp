#include "json/parse.hpp"

#include "json/parsers.hpp"

namespace applivery::detail {

std::optional<DecodeFailure> parseJson(const JsonText& text, const Field& row, void* object, const Secret& secret) {
    return parseByNlohmann(text, row, object, secret);
}

}  // namespace applivery::detail
