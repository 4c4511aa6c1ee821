#include "json/excerpt.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::detail {
namespace {

constexpr std::size_t longest = 120;

// The length of the well-formed UTF-8 sequence at the start of the text; 0 where there is none.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) return 0;
    }
    if (length == 3 && ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) >= 0xA0))) return 0;
    if (length == 4 && ((lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) >= 0x90))) return 0;
    return length;
}

void appendByte(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
}

// C1 control characters, and the characters that turn the direction of text.
bool actsOnTerminals(std::string_view sequence) {
    if (sequence.size() == 2) return sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0;
    if (sequence.size() != 3 || sequence[0] != '\xE2') return false;
    const auto second = static_cast<unsigned char>(sequence[1]);
    const auto third = static_cast<unsigned char>(sequence[2]);
    return (second == 0x80 && ((third >= 0xA8 && third <= 0xAE) || third == 0x8E || third == 0x8F)) ||
           (second == 0x81 && third >= 0xA6 && third <= 0xA9);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = sequenceLength(text);
        const auto byte = static_cast<unsigned char>(text.front());
        if (text.front() == '\n') {
            out += "\\n";
        } else if (text.front() == '\r') {
            out += "\\r";
        } else if (text.front() == '\t') {
            out += "\\t";
        } else if (length == 0 || byte < 0x20 || byte == 0x7F) {
            appendByte(out, text.front());
        } else if (actsOnTerminals(text.substr(0, length))) {
            for (const char c : text.substr(0, length)) appendByte(out, c);
        } else {
            out += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string excerpt(std::string_view text, const Secret& secret) {
    std::string out = "\"" + escaped(secret.redacted(text, 0, longest)) + '"';
    if (text.size() > longest) out += "...";
    return out;
}

std::string excerptAt(std::string_view text, std::size_t position, const Secret& secret) {
    const std::size_t end = std::min(position + longest / 4, text.size());
    const std::size_t begin = end > longest / 2 ? end - longest / 2 : 0;
    return '"' + escaped(secret.redacted(text, begin, end)) + '"';
}

}  // namespace applivery::detail
