#include "core/secret.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::string_view mask = "[redacted]";
constexpr std::size_t shortestSecret = 6;
constexpr std::size_t deepestNesting = 8;  // of JSON or a URL in itself; it bounds the time that a long run takes
constexpr std::size_t longestSpelling = deepestNesting * 2 + 5;  // of one character

std::size_t indexOf(char c) noexcept {
    return static_cast<unsigned char>(c);
}

std::optional<unsigned> digitValue(char c, unsigned base) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t value = digits.find(lower);
    if (value >= base) return std::nullopt;
    return static_cast<unsigned>(value);
}

// A number of at most `most` digits at the start of the text; how many there were.
std::size_t readNumber(std::string_view text, unsigned base, std::size_t most, unsigned& number) noexcept {
    number = 0;
    std::size_t count = 0;
    while (count < std::min(most, text.size())) {
        const auto digit = digitValue(text[count], base);
        if (!digit) break;
        number = number * base + *digit;
        ++count;
    }
    return count;
}

// The spellings of a character: each returns how many bytes of the text stand for it, 0 where they don't.

std::size_t asPlain(std::string_view text, char wanted) noexcept {
    return !text.empty() && text.front() == wanted ? 1 : 0;
}

// \/ and \u002F, behind as many backslashes as JSON inside JSON has
std::size_t asJson(std::string_view text, char wanted) noexcept {
    const std::string_view start = text.substr(0, deepestNesting);
    const std::size_t slashes = std::min(start.find_first_not_of('\\'), start.size());
    if (slashes == 0) return 0;
    const std::string_view rest = text.substr(slashes);
    if (wanted == '\\') return slashes;
    if (asPlain(rest, wanted) != 0) return slashes + 1;
    unsigned number = 0;
    const bool isEscape = !rest.empty() && rest.front() == 'u' && readNumber(rest.substr(1), 16, 4, number) == 4;
    return isEscape && number == indexOf(wanted) ? slashes + 5 : 0;
}

// %2F, and %252F as a URL inside a URL has it
std::size_t asUrl(std::string_view text, char wanted) noexcept {
    if (text.empty() || text.front() != '%') return 0;
    std::size_t at = 1;
    while (at < 2 * deepestNesting && text.substr(at, 2) == "25" && wanted != '%') at += 2;
    unsigned number = 0;
    const bool isEscape = readNumber(text.substr(at), 16, 2, number) == 2;
    return isEscape && number == indexOf(wanted) ? at + 2 : 0;
}

// &amp; &#47; &#x2F;
std::size_t asHtml(std::string_view text, char wanted) noexcept {
    if (text.empty() || text.front() != '&') return 0;
    constexpr std::array<std::pair<char, std::string_view>, 5> names{
        {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}}};
    for (const auto& [character, name] : names) {
        if (character == wanted && text.substr(0, name.size()) == name) return name.size();
    }
    if (text.substr(0, 2) != "&#") return 0;
    const bool isHex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
    const std::size_t begin = isHex ? 3 : 2;
    unsigned number = 0;
    const std::size_t digits = readNumber(text.substr(begin), isHex ? 16 : 10, 6, number);
    const std::size_t end = begin + digits;
    const bool isEscape = digits > 0 && end < text.size() && text[end] == ';';
    return isEscape && number == indexOf(wanted) ? end + 1 : 0;
}

// How many bytes at the start of the text stand for the secret. More than one spelling can apply to the characters that
// escapes begin with; which it was shows in what follows.
std::optional<std::size_t> spelledLength(std::string_view text, std::string_view secret) noexcept {
    if (secret.empty()) return 0;
    for (const auto spelling : {asPlain, asJson, asUrl, asHtml}) {
        const std::size_t first = spelling(text, secret.front());
        if (first == 0) continue;
        if (const auto rest = spelledLength(text.substr(first), secret.substr(1))) return first + *rest;
    }
    return std::nullopt;
}

}  // namespace

Secret::Secret(std::string text) : text_(std::move(text)) {
    if (text_.size() < shortestSecret) return;
    for (const char first : {text_.front(), '\\', '%', '&'}) begins_[indexOf(first)] = true;
}

std::string Secret::redacted(std::string text) const {
    if (find(text, 0) == std::string_view::npos) return text;
    return redacted(text, 0, text.size());
}

std::string Secret::redacted(std::string_view text, std::size_t begin, std::size_t end) const {
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    const std::size_t reach = longestSpelling * text_.size();
    std::string out;
    std::size_t shown = begin;
    for (std::size_t at = find(text, begin > reach ? begin - reach : 0); at < end;) {
        const std::size_t behind = at + lengthAt(text, at);
        if (behind > shown) {
            if (at > shown) out += text.substr(shown, at - shown);
            out += mask;
            shown = behind;
        }
        at = find(text, behind);
    }
    if (shown < end) out += text.substr(shown, end - shown);
    return out;
}

Error Secret::redacted(Error error) const {
    error.setMessage(redacted(error.message()));
    error.setApi(error.apiCode(), redacted(error.apiData()));
    return error;
}

std::size_t Secret::find(std::string_view text, std::size_t from) const noexcept {
    for (std::size_t at = from; at < text.size(); ++at) {
        if (begins_[indexOf(text[at])] && lengthAt(text, at) != 0) return at;
    }
    return std::string_view::npos;
}

std::size_t Secret::lengthAt(std::string_view text, std::size_t at) const noexcept {
    return spelledLength(text.substr(at), text_).value_or(0);
}

}  // namespace applivery::detail
