#include "core/secret.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::string_view mask = "[redacted]";
constexpr std::size_t shortestSecret = 6;
constexpr std::size_t tellingPart = 4;       // so much of a secret at the end of a text that was cut is masked too
constexpr std::size_t deepestNesting = 8;    // backslashes before a character
constexpr std::size_t longestSpelling = 16;  // of one character
constexpr std::size_t longestBreak = 64;     // of the white space between two characters
constexpr std::string_view breakCharacters = " \t\n\r\v\f";

std::size_t indexOf(char c) noexcept {
    return static_cast<unsigned char>(c);
}

bool beginsEscape(char c) noexcept {
    return c == '\\' || c == '%' || c == '&';
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

// The lengths of what at the start of a text stands for one character: as itself and as an escape.
class Spellings {
public:
    Spellings(std::string_view text, char wanted) noexcept {
        if (text.empty()) return;
        if (text.front() == wanted) add(1);
        if (text.front() == '\\') addJson(text, wanted);
        if (text.front() == '%') addUrl(text, wanted);
        if (text.front() == '&') addHtml(text, wanted);
    }

    [[nodiscard]] const std::size_t* begin() const noexcept { return lengths_.data(); }
    [[nodiscard]] const std::size_t* end() const noexcept { return lengths_.data() + count_; }

private:
    void add(std::size_t length) noexcept {
        if (count_ < lengths_.size()) lengths_[count_++] = length;
    }

    // \/ and \u002F, behind as many backslashes as JSON inside JSON has.
    void addJson(std::string_view text, char wanted) noexcept {
        const std::string_view start = text.substr(0, deepestNesting);
        const std::size_t slashes = std::min(start.find_first_not_of('\\'), start.size());
        if (wanted == '\\') {
            for (std::size_t length = 2; length <= slashes; length *= 2) add(length);
            return;
        }
        const std::string_view rest = text.substr(slashes);
        if (!rest.empty() && (rest.front() == wanted || rest.front() == letterOf(wanted))) return add(slashes + 1);
        unsigned number = 0;
        const bool isEscape = !rest.empty() && rest.front() == 'u' && readNumber(rest.substr(1), 16, 4, number) == 4;
        if (isEscape && number == indexOf(wanted)) add(slashes + 5);
    }

    // Of \n and its like; itself for any other character.
    static char letterOf(char wanted) noexcept {
        constexpr std::string_view letters = " tnrvf";
        const std::size_t index = breakCharacters.find(wanted);
        return index != std::string_view::npos ? letters[index] : wanted;
    }

    // %2F, and %252F as a URL inside a URL has it.
    void addUrl(std::string_view text, char wanted) noexcept {
        for (const std::size_t digits : {std::size_t{1}, std::size_t{3}}) {
            if (digits == 3 && text.substr(1, 2) != "25") return;
            unsigned number = 0;
            const bool isEscape = text.size() > digits && readNumber(text.substr(digits), 16, 2, number) == 2;
            if (isEscape && number == indexOf(wanted)) add(digits + 2);
        }
    }

    // &amp; &#47; &#x2F;
    void addHtml(std::string_view text, char wanted) noexcept {
        constexpr std::array<std::pair<char, std::string_view>, 5> names{
            {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}}};
        for (const auto& [character, name] : names) {
            if (character == wanted && text.substr(0, name.size()) == name) return add(name.size());
        }
        if (text.substr(0, 2) != "&#") return;
        const bool isHex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
        const std::size_t begin = isHex ? 3 : 2;
        unsigned number = 0;
        const std::size_t digits = readNumber(text.substr(begin), isHex ? 16 : 10, 6, number);
        const std::size_t end = begin + digits;
        const bool isEscape = digits > 0 && end < text.size() && text[end] == ';';
        if (isEscape && number == indexOf(wanted)) add(end + 1);
    }

    std::array<std::size_t, 4> lengths_{};
    std::size_t count_ = 0;
};

// Where in a text the next character of a secret may stand: more than one place where more than one spelling fits.
class Places {
public:
    [[nodiscard]] const std::size_t* begin() const noexcept { return places_.data(); }
    [[nodiscard]] const std::size_t* end() const noexcept { return places_.data() + count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    void add(std::size_t place) noexcept {
        if (count_ < places_.size() && std::find(begin(), end(), place) == end()) places_[count_++] = place;
    }

private:
    std::array<std::size_t, 16> places_{};
    std::size_t count_ = 0;
};

// The length of the white space at the start of a text, in any spelling, up to the bound of a break.
std::size_t breakLength(std::string_view text) noexcept {
    std::size_t length = 0;
    while (length < std::min(text.size(), longestBreak)) {
        const std::string_view rest = text.substr(length);
        if (breakCharacters.find(rest.front()) != std::string_view::npos) {
            ++length;
            continue;
        }
        if (!beginsEscape(rest.front())) break;
        std::size_t escape = 0;
        for (const char wanted : breakCharacters) {
            for (const std::size_t spelling : Spellings(rest, wanted)) escape = std::max(escape, spelling);
        }
        if (escape == 0) break;
        length += escape;
    }
    return length;
}

// The characters that may stand for one of base64, which has two alphabets.
std::string_view alternatives(const char& wanted) noexcept {
    if (wanted == '+') return "+-";
    if (wanted == '/') return "/_";
    return {&wanted, 1};
}

// The characters that every base64 has in which the text begins after `offset` bytes of a group of three.
std::string base64Core(std::string_view text, std::size_t offset) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string bytes = std::string(offset, '\0') + std::string(text);
    std::string core;
    for (std::size_t bit = (offset * 8 + 5) / 6 * 6; bit + 6 <= bytes.size() * 8; bit += 6) {
        const std::size_t first = indexOf(bytes[bit / 8]);
        const std::size_t second = bit / 8 + 1 < bytes.size() ? indexOf(bytes[bit / 8 + 1]) : 0;
        core += alphabet[(first << 8U | second) >> (10 - bit % 8) & 0x3FU];
    }
    return core;
}

// Whether the text ends here, or in the middle of an escape.
bool isCutOff(std::string_view rest) noexcept {
    if (rest.empty()) return true;
    if (rest.size() >= longestSpelling || !beginsEscape(rest.front())) return false;
    constexpr std::string_view inEscapes = "\\#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return rest.find_first_not_of(inEscapes, 1) == std::string_view::npos;
}

// The length of the occurrence of a form at this place; 0 if there is none.
std::size_t lengthOf(std::string_view form, bool isBase64, std::string_view text, std::size_t at) noexcept {
    Places places;
    places.add(at);
    for (std::size_t i = 0; i < form.size(); ++i) {
        Places next;
        const auto match = [&](std::size_t place) {
            const std::string_view rest = text.substr(place);
            bool isFound = false;
            for (const char wanted : isBase64 ? alternatives(form[i]) : form.substr(i, 1)) {
                for (const std::size_t length : Spellings(rest, wanted)) {
                    next.add(place + length);
                    isFound = true;
                }
            }
            return isFound || i < tellingPart || !isCutOff(rest);
        };
        for (const std::size_t place : places) {
            const std::size_t broken = i > 0 ? breakLength(text.substr(place)) : 0;
            if (!match(place) || (broken > 0 && !match(place + broken))) return text.size() - at;
        }
        if (next.empty()) return 0;
        places = next;
    }
    return *std::max_element(places.begin(), places.end()) - at;
}

}  // namespace

Secret::Secret(std::string text) : text_(std::move(text)) {
    if (text_.size() < shortestSecret) return;
    add({text_});
    for (const std::size_t offset : {0U, 1U, 2U}) add({base64Core(text_, offset), true});
}

void Secret::add(Form form) {
    const auto bit = static_cast<std::uint8_t>(1U << forms_.size());
    const std::string_view first = std::string_view(form.text).substr(0, 1);
    const std::string_view firsts = form.isBase64 ? alternatives(first.front()) : first;
    for (const char begin : firsts) begins_[indexOf(begin)] |= bit;
    if (!form.isBase64 || firsts.size() > 1) {  // letters and digits of base64 are not escaped
        for (const char begin : {'\\', '%', '&'}) begins_[indexOf(begin)] |= bit;
    }
    forms_.push_back(std::move(form));
}

std::string Secret::redacted(std::string text) const {
    if (find(text, 0, text.size()).length == 0) return text;
    return redacted(text, 0, text.size());
}

std::string Secret::redacted(std::string_view text, std::size_t begin, std::size_t end) const {
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    const std::size_t reach = 2 * (longestSpelling + longestBreak) * text_.size();  // base64 is less than twice as long
    std::string out;
    std::size_t shown = begin;
    // Occurrences may overlap: the search goes on inside each.
    for (Match match = find(text, begin > reach ? begin - reach : 0, end); match.length != 0;
         match = find(text, match.at + 1, end)) {
        const std::size_t behind = match.at + match.length;
        if (behind <= shown) continue;
        if (match.at >= shown) {
            out += text.substr(shown, match.at - shown);
            out += mask;
        } else if (out.empty()) {
            out += mask;  // it began before the part
        }
        shown = behind;
    }
    if (shown < end) out += text.substr(shown, end - shown);
    return out;
}

Error Secret::redacted(Error error) const {
    error.setMessage(redacted(error.message()));
    error.setApi(error.apiCode(), redacted(error.apiData()));
    return error;
}

Secret::Match Secret::find(std::string_view text, std::size_t from, std::size_t to) const noexcept {
    for (std::size_t at = from; at < to; ++at) {
        if (begins_[indexOf(text[at])] == 0) continue;
        if (const std::size_t length = lengthAt(text, at); length != 0) return {at, length};
    }
    return {};
}

std::size_t Secret::lengthAt(std::string_view text, std::size_t at) const noexcept {
    std::size_t length = 0;
    for (std::size_t i = 0; i < forms_.size(); ++i) {
        if ((begins_[indexOf(text[at])] >> i & 1U) == 0) continue;
        length = std::max(length, lengthOf(forms_[i].text, forms_[i].isBase64, text, at));
    }
    return length;
}

}  // namespace applivery::detail

namespace applivery {

std::string redacted(std::string_view text, std::string_view token) {
    return detail::Secret(std::string(token)).redacted(std::string(text));
}

}  // namespace applivery
