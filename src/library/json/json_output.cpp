#include "json/json_output.hpp"

#include "core/utf8.hpp"
#include "json/json_input_filter.hpp"

#include <cstddef>

namespace applivery::detail {
namespace {

void appendUnicodeEscape(std::string& out, char control) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(control);
    out += "\\u00";
    out += digits[code >> 4U];
    out += digits[code & 0xFU];
}

void appendCharacter(std::string& out, char c) {
    constexpr std::string_view characters = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t index = characters.find(c);
    if (index != std::string_view::npos) {
        out += '\\';
        out += letters[index];
    } else if (static_cast<unsigned char>(c) < ' ') {
        appendUnicodeEscape(out, c);
    } else {
        out += c;
    }
}

bool continuesCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Each broken character becomes one U+FFFD.
void appendText(std::string& out, std::string_view text) {
    while (!text.empty()) {
        std::size_t length = firstCharacter(text).length;
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            length = 1;
            while (length < text.size() && continuesCharacter(text[length])) ++length;
        } else if (length == 1) {
            appendCharacter(out, text.front());
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
}

}  // namespace

void JsonOutput::text(std::string_view value) {
    separate();
    text_ += '"';
    if (needsNoEscaping(value)) {
        text_ += value;
    } else {
        appendText(text_, value);
    }
    text_ += '"';
}

}  // namespace applivery::detail
