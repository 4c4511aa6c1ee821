#include "json/json_output.hpp"

#include "core/text.hpp"
#include "core/utf8.hpp"
#include "json/json_input_filter.hpp"

#include <cstddef>

namespace applivery::detail {
namespace {

void appendCharacter(std::string& out, char c) {
    constexpr std::string_view characters = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    const std::size_t index = characters.find(c);
    if (index != std::string_view::npos) {
        out += '\\';
        out += letters[index];
    } else if (static_cast<unsigned char>(c) < ' ') {
        out += "\\u00";
        appendHex(out, c);
    } else {
        out += c;
    }
}

bool isContinuationByte(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Appends text, and U+FFFD for each byte sequence that is not UTF-8.
void appendText(std::string& out, std::string_view text) {
    while (!text.empty()) {
        std::size_t length = firstCharacter(text).length;
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            length = 1;
            while (length < text.size() && isContinuationByte(text[length])) ++length;
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
