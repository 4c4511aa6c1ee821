#include "core/excerpt.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <cstddef>

namespace applivery::detail {
namespace {

constexpr std::size_t maxExcerptLength = 120;
constexpr std::size_t lengthAtPosition = 60;

}  // namespace

std::string excerpt(std::string_view text, const Secret& secret) {
    std::string out = "\"" + printable(secret.redacted(text, 0, maxExcerptLength)) + '"';
    if (text.size() > maxExcerptLength) out += "...";
    return out;
}

std::string excerptAt(std::string_view text, std::size_t position, const Secret& secret) {
    const std::size_t end = std::min(position + lengthAtPosition / 2, text.size());
    const std::size_t begin = end > lengthAtPosition ? end - lengthAtPosition : 0;
    return '"' + printable(secret.redacted(text, begin, end)) + '"';
}

}  // namespace applivery::detail
