#include "text/text_format.hpp"

#include "text/utf8.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utf8proc.h>

namespace applivery::program {
namespace {

std::size_t widthOf(const Character& character) {
    return character.code < 0 ? 1 : static_cast<std::size_t>(std::max(utf8proc_charwidth(character.code), 0));
}

// Escapes that JSON does not ask for, but whoever looks at it in a terminal. So is `#`, of which the commands of CI
// runners are made that may stand anywhere in a line.
bool actsOnTerminals(utf8proc_int32_t code) {
    const utf8proc_category_t category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

std::string jsonEscape(std::uint32_t code) {
    if (code < 0x10000) return fmt::format("\\u{:04x}", code);
    const std::uint32_t offset = code - 0x10000;
    return fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (offset >> 10U), 0xdc00 + (offset & 0x3ffU));
}

// Whether GitHub would make a link or a mention of what stands around here, although nothing marks it as such: of URLs,
// www. and addresses, of @name and #12.
bool makesLink(std::string_view text, std::size_t at) {
    const char before = at > 0 ? text[at - 1] : ' ';
    if (text[at] == '/') return before == ':';
    if (text[at] == '.' && at >= 3) {
        const std::string_view word = text.substr(at - 3, 3);
        return std::all_of(word.begin(), word.end(), [](char c) { return c == 'w' || c == 'W'; });
    }
    return (before == '@' || before == '#') && text[at] != ' ';
}

void appendForHtml(std::string& out, char c) {
    if (c == '<' || c == '>' || c == '&') {
        out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
    } else {
        out += c;
    }
}

}  // namespace

std::size_t displayWidth(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) width += widthOf(takeCharacter(text));
    return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
    constexpr std::size_t bytesPerColumn = 16;  // what has no width of its own could go on for ever
    const std::size_t bytes = bytesPerColumn * columns;
    if (text.size() <= bytes && displayWidth(text) <= columns) return std::string(text);
    std::string out;
    for (std::size_t width = 0; !text.empty();) {
        const Character character = takeCharacter(text);
        width += widthOf(character);
        if (width + 1 > columns || out.size() + character.bytes.size() > bytes) break;
        out += character.bytes;
    }
    return out + "\u2026";
}

std::string orDash(const std::optional<std::string>& text) {
    return text && !text->empty() ? printable(*text) : "-";
}

std::string jsonForLogs(std::string_view json) {
    std::string out;
    while (!json.empty()) {
        const Character character = takeCharacter(json);
        if (character.code < 0) {
            out += "\uFFFD";
        } else if (character.code == '#' || actsOnTerminals(character.code)) {
            out += jsonEscape(static_cast<std::uint32_t>(character.code));
        } else {
            out += character.bytes;
        }
    }
    return out;
}

std::string jsonQuoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return jsonForLogs(out + '"');
}

std::string markdownText(std::string_view text) {
    constexpr const char* nothing = "<!-- -->";
    std::string out;
    const std::string line = printable(text);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (makesLink(line, i)) out += nothing;
        if (std::string_view("\\`*_{}[]()#+-!|~").find(c) != std::string_view::npos) out += '\\';
        appendForHtml(out, c);
    }
    return out;
}

std::string htmlText(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '"' || c == '\'') {
            out += c == '"' ? "&quot;" : "&#39;";
        } else {
            appendForHtml(out, c);
        }
    }
    return out;
}

std::string groupedNumber(double number) {
    constexpr double coarse = 100;
    constexpr double largest = 1e15;  // from here on not every whole number has digits of its own
    const bool isWhole = std::abs(number) >= coarse || number == std::floor(number);
    if (std::abs(number) >= largest || !isWhole) return fmt::format("{:.3g}", number);
    std::string digits = fmt::format("{:.0f}", number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

std::string shortNumber(double number) {
    constexpr double million = 1e6;
    if (number < million) return groupedNumber(number);
    std::string text = fmt::format("{:.3g}", number);
    const std::size_t exponent = text.find('e') + 1;
    return text.erase(exponent, text.find_first_not_of("+0", exponent) - exponent);
}

std::string counted(std::int64_t count, std::string_view what) {
    return fmt::format("{} {}{}", groupedNumber(static_cast<double>(count)), what, count == 1 ? "" : "s");
}

std::string shellQuoted(std::string_view text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/:@%+=,";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) return std::string(text);
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else {
            out += c;
        }
    }
    return out + '\'';
}

std::string csvCell(std::string_view text) {
    std::string line = printable(text);
    if (!line.empty() && std::string_view("=+-@").find(line.front()) != std::string_view::npos) line.insert(0, 1, '\'');
    if (line.find_first_of("\",") == std::string::npos) return line;
    std::string out = "\"";
    for (const char c : line) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace applivery::program
