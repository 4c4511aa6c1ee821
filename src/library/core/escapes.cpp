#include "core/escapes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxBackslashes = 8;  // before one character, in JSON inside JSON

unsigned codeOf(char c) noexcept {
    return static_cast<unsigned char>(c);
}

std::optional<unsigned> digitValue(char c, unsigned base) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t value = digits.find(toLower(c));
    if (value >= base) return std::nullopt;
    return static_cast<unsigned>(value);
}

struct Number {
    unsigned value = 0;
    std::size_t digits = 0;  // 0 if the text does not begin with a number
};

Number readNumber(std::string_view text, unsigned base, std::size_t maxDigits) noexcept {
    Number number;
    while (number.digits < std::min(maxDigits, text.size())) {
        const auto digit = digitValue(text[number.digits], base);
        if (!digit) break;
        number.value = number.value * base + *digit;
        ++number.digits;
    }
    return number;
}

// Returns the letter of a JSON escape, such as the n of \n. Returns the character itself if it has no such letter.
char escapeLetter(char c) noexcept {
    constexpr std::string_view letters = " trnvf";  // for the characters of whiteSpace
    static_assert(letters.size() == whiteSpace.size());
    const std::size_t index = whiteSpace.find(c);
    return index != std::string_view::npos ? letters[index] : c;
}

}  // namespace

EscapeLengths::EscapeLengths(std::string_view text, char wanted) noexcept {
    if (text.empty()) return;
    if (text.front() == wanted) add(1);
    if (text.front() == '\\') addJson(text, wanted);
    if (text.front() == '%') addUrl(text, wanted);
    if (text.front() == '&') addHtml(text, wanted);
}

// Adds forms such as \/ and \u002F. JSON inside JSON has several backslashes before the character.
void EscapeLengths::addJson(std::string_view text, char wanted) noexcept {
    const std::string_view start = text.substr(0, maxBackslashes);
    const std::size_t backslashes = std::min(start.find_first_not_of('\\'), start.size());
    if (wanted == '\\') {
        // Each level of JSON doubles the number of backslashes.
        for (std::size_t length = 2; length <= backslashes; length *= 2) add(length);
        return;
    }
    const std::string_view rest = text.substr(backslashes);
    if (rest.empty()) return;
    if (rest.front() == wanted || rest.front() == escapeLetter(wanted)) return add(backslashes + 1);
    constexpr std::size_t digits = 4;
    if (rest.front() != 'u') return;
    const Number number = readNumber(rest.substr(1), 16, digits);
    if (number.digits == digits && number.value == codeOf(wanted)) add(backslashes + 1 + digits);
}

// Adds forms such as %2F. A URL inside a URL has %252F.
void EscapeLengths::addUrl(std::string_view text, char wanted) noexcept {
    constexpr std::size_t digits = 2;
    for (const std::string_view prefix : {"%", "%25"}) {
        if (text.substr(0, prefix.size()) != prefix) return;
        const Number number = readNumber(text.substr(prefix.size()), 16, digits);
        if (number.digits == digits && number.value == codeOf(wanted)) add(prefix.size() + digits);
    }
}

// Adds forms such as &amp; &#47; and &#x2F;
void EscapeLengths::addHtml(std::string_view text, char wanted) noexcept {
    constexpr std::array<std::pair<char, std::string_view>, 5> names{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}}};
    for (const auto& [character, name] : names) {
        if (character == wanted && text.substr(0, name.size()) == name) return add(name.size());
    }
    if (text.substr(0, 2) != "&#") return;
    constexpr std::size_t maxDigits = 6;
    const bool isHex = text.size() > 2 && toLower(text[2]) == 'x';
    const std::size_t begin = isHex ? 3 : 2;
    const Number number = readNumber(text.substr(begin), isHex ? 16 : 10, maxDigits);
    const std::size_t end = begin + number.digits;
    const bool isEscape = number.digits > 0 && end < text.size() && text[end] == ';';
    if (isEscape && number.value == codeOf(wanted)) add(end + 1);
}

std::size_t whiteSpaceLength(std::string_view text) noexcept {
    std::size_t length = 0;
    while (length < std::min(text.size(), maxWhiteSpaceLength)) {
        const std::string_view rest = text.substr(length);
        if (whiteSpace.find(rest.front()) != std::string_view::npos) {
            ++length;
            continue;
        }
        if (!beginsEscape(rest.front())) break;
        std::size_t escapeLength = 0;
        for (const char wanted : whiteSpace) {
            for (const std::size_t each : EscapeLengths(rest, wanted)) escapeLength = std::max(escapeLength, each);
        }
        if (escapeLength == 0) break;
        length += escapeLength;
    }
    return length;
}

bool mayBeTruncated(std::string_view text) noexcept {
    if (text.empty()) return true;
    if (text.size() >= maxEscapeLength || !beginsEscape(text.front())) return false;
    constexpr std::string_view escapeCharacters = "\\#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return text.find_first_not_of(escapeCharacters, 1) == std::string_view::npos;
}

}  // namespace applivery::detail
