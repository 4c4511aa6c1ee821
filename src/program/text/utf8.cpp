#include "text/utf8.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utf8proc.h>

namespace applivery::program {

Utf8Character takeCharacter(std::string_view& text) {
    utf8proc_int32_t code = -1;
    const auto* const data = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length = utf8proc_iterate(data, static_cast<utf8proc_ssize_t>(text.size()), &code);
    const Utf8Character character{text.substr(0, length > 0 ? static_cast<std::size_t>(length) : 1),
                                  length > 0 ? code : -1};
    text.remove_prefix(character.bytes.size());
    return character;
}

void appendUtf8(std::string& out, char32_t code) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
    out.append(bytes.begin(), bytes.begin() + length);
}

void appendJsonEscape(std::string& out, char32_t code) {
    constexpr char32_t beyondSurrogates = 0x10000;
    const auto appendUnit = [&out](char32_t unit) {
        out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(unit));
    };
    if (code < beyondSurrogates) return appendUnit(code);
    appendUnit(0xD800 + ((code - beyondSurrogates) >> 10U));
    appendUnit(0xDC00 + ((code - beyondSurrogates) & 0x3FFU));
}

}  // namespace applivery::program
