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

std::size_t widthOf(const Utf8Character& character) {
    return character.code < 0 ? 1 : static_cast<std::size_t>(std::max(utf8proc_charwidth(character.code), 0));
}

// Returns whether a terminal or an editor could interpret the character.
bool isTerminalControl(std::int32_t code) {
    const utf8proc_category_t category = utf8proc_category(code);
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

// Returns whether GitHub turns the text around this position into a link or a mention, although it is not marked as
// one: a URL, an address that begins with www., @name or #12.
bool startsLink(std::string_view text, std::size_t position) {
    constexpr std::size_t lengthOfWww = 3;
    const char before = position > 0 ? text[position - 1] : ' ';
    const char c = text[position];
    if (c == '/') return before == ':';
    if (c == '.' && position >= lengthOfWww) {
        const std::string_view word = text.substr(position - lengthOfWww, lengthOfWww);
        return std::all_of(word.begin(), word.end(), [](char letter) { return letter == 'w' || letter == 'W'; });
    }
    return (before == '@' || before == '#') && c != ' ';
}

// Returns whether the character is = + - @, or such a character in full width or another compatible form.
bool isFormulaSign(std::int32_t code) {
    std::int32_t plain = code;
    int boundClass = 0;
    constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
    if (utf8proc_decompose_char(code, &plain, 1, options, &boundClass) != 1) return false;
    return plain == '=' || plain == '+' || plain == '-' || plain == '@';
}

// Returns whether a spreadsheet could read the text as a formula. Some ignore blanks and invisible characters in front.
bool mayBeFormula(std::string_view text) {
    while (!text.empty()) {
        const std::int32_t code = takeCharacter(text).code;
        if (code < 0) return false;
        const utf8proc_category_t category = utf8proc_category(code);
        if (category != UTF8PROC_CATEGORY_ZS && category != UTF8PROC_CATEGORY_CF) return isFormulaSign(code);
    }
    return false;
}

// Escapes markup, but no quotes.
void appendEscapedMarkup(std::string& out, char c) {
    switch (c) {
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '&':
            out += "&amp;";
            break;
        default:
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
    constexpr std::size_t bytesPerColumn = 16;  // limits characters without width
    const std::size_t maxBytes = bytesPerColumn * columns;
    if (text.size() <= maxBytes && displayWidth(text) <= columns) return std::string(text);
    std::string out;
    for (std::size_t width = 0; !text.empty();) {
        const Utf8Character character = takeCharacter(text);
        width += widthOf(character);
        const bool leavesColumnForEllipsis = width + 1 <= columns;
        if (!leavesColumnForEllipsis || out.size() + character.bytes.size() > maxBytes) break;
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
        const Utf8Character character = takeCharacter(json);
        // CI systems read commands that begin with # anywhere in a line.
        const bool isSpecial = character.code == '#' || (character.code >= 0 && isTerminalControl(character.code));
        if (character.code < 0) {
            out += "\uFFFD";
        } else if (isSpecial) {
            appendJsonEscape(out, static_cast<char32_t>(character.code));
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
    constexpr const char* emptyComment = "<!-- -->";
    std::string out;
    const std::string line = printable(text);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (startsLink(line, i)) out += emptyComment;
        if (std::string_view("\\`*_{}[]()#+-!|~").find(c) != std::string_view::npos) out += '\\';
        appendEscapedMarkup(out, c);
    }
    return out;
}

std::string escapedHtml(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '"' || c == '\'') {
            out += c == '"' ? "&quot;" : "&#39;";
        } else {
            appendEscapedMarkup(out, c);
        }
    }
    return out;
}

std::string groupedNumber(double number) {
    constexpr double minRounded = 100;  // from here on, a fraction is rounded to a whole number
    constexpr double maxWhole = 1e15;   // a double does not represent every larger whole number
    const bool isWhole = std::abs(number) >= minRounded || number == std::floor(number);
    if (std::abs(number) >= maxWhole || !isWhole) return fmt::format("{:.3g}", number);
    std::string text = fmt::format("{:.0f}", number);
    constexpr std::size_t groupSize = 3;
    const std::size_t firstDigit = number < 0 ? 1 : 0;
    for (std::size_t group = text.size(); group > firstDigit + groupSize;) {
        group -= groupSize;
        text.insert(group, 1, ',');
    }
    return text;
}

std::string shortNumber(double number) {
    constexpr double million = 1e6;
    if (number < million) return groupedNumber(number);
    std::string text = fmt::format("{:.3g}", number);  // such as 1.23e+06
    const std::size_t exponent = text.find('e') + 1;
    const std::size_t firstDigit = text.find_first_not_of("+0", exponent);
    return text.erase(exponent, firstDigit - exponent);
}

std::string counted(std::int64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", groupedNumber(static_cast<double>(count)), noun, count == 1 ? "" : "s");
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
    if (mayBeFormula(line)) line.insert(0, 1, '\'');
    if (line.find_first_of("\",;") == std::string::npos) return line;  // some spreadsheets separate cells by semicolons
    std::string out = "\"";
    for (const char c : line) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace applivery::program
