#include "safe_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace applivery::program {
namespace {

struct Character {
    char32_t code;
    std::string_view bytes;
};

constexpr char32_t invalid = 0xFFFD;

// Takes the first character off the text; a byte that begins none counts as one invalid character.
Character takeCharacter(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC2 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF5 ? 4
                                             : 0;
    char32_t code = length <= 1 ? lead : lead & (0xFFU >> (length + 1));
    bool good = length > 0 && length <= text.size();
    for (std::size_t i = 1; good && i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        good = (byte & 0xC0U) == 0x80U;
        code = (code << 6U) | (byte & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    good = good && code >= least[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    const Character character{good ? code : invalid, text.substr(0, good ? length : 1)};
    text.remove_prefix(character.bytes.size());
    return character;
}

bool isHarmful(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E || code == 0x200F ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == invalid;
}

bool isWide(char32_t code) {
    return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
           (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
           (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
}

bool hasNoWidth(char32_t code) {
    return (code >= 0x300 && code <= 0x36F) || code == 0x200B || code == 0x200D || (code >= 0xFE00 && code <= 0xFE0F);
}

std::size_t widthOf(char32_t code) {
    return hasNoWidth(code) ? 0 : isWide(code) ? 2 : 1;
}

}  // namespace

std::string shown(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Character character = takeCharacter(text);
        if (character.code == '\n' || character.code == '\r' || character.code == '\t') {
            out += ' ';
        } else if (isHarmful(character.code)) {
            out += '?';
        } else {
            out += character.bytes;
        }
    }
    // A runner reads commands anywhere in a line (##vso[) or at its start (::error).
    for (const std::string_view command : {"::", "##["}) {
        const std::size_t start = out.find_first_not_of(' ');
        if (start != std::string::npos && out.compare(start, command.size(), command) == 0) out.insert(start + 1, " ");
    }
    for (std::size_t at = out.find("##vso["); at != std::string::npos; at = out.find("##vso[")) out.insert(at + 1, " ");
    return out;
}

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) width += widthOf(takeCharacter(text).code);
    return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
    if (displayWidth(text) <= columns) return std::string(text);
    std::string out;
    for (std::size_t width = 0; !text.empty();) {
        const Character character = takeCharacter(text);
        width += widthOf(character.code);
        if (width + 1 > columns) break;
        out += character.bytes;
    }
    return out + "\u2026";
}

std::string jsonQuoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const Character character = takeCharacter(text);
        if (character.code == '"' || character.code == '\\') {
            out += '\\';
            out += static_cast<char>(character.code);
        } else if (character.code == invalid) {
            out += "\uFFFD";
        } else if (isHarmful(character.code)) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(character.code));
        } else {
            out += character.bytes;
        }
    }
    return out + '"';
}

std::string csvQuoted(std::string_view text) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace applivery::program
