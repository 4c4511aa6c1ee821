#include "core/text.hpp"

#include <algorithm>

namespace applivery::detail {
namespace {

constexpr std::string_view whiteSpace = " \t\r\n\v\f";

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(whiteSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(whiteSpace) - first + 1);
}

bool hasControlCharacter(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* findHeader(const HttpHeaders& headers, std::string_view name) noexcept {
    const auto header = std::find_if(headers.begin(), headers.end(),
                                     [&](const auto& row) { return equalsIgnoringCase(row.first, name); });
    return header != headers.end() ? &header->second : nullptr;
}

}  // namespace applivery::detail
