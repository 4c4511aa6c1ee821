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
        if (!rest.empty() && rest.front() == wanted) return add(slashes + 1);
        unsigned number = 0;
        const bool isEscape = !rest.empty() && rest.front() == 'u' && readNumber(rest.substr(1), 16, 4, number) == 4;
        if (isEscape && number == indexOf(wanted)) add(slashes + 5);
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

// Whether the text ends here, or in the middle of an escape.
bool isCutOff(std::string_view rest) noexcept {
    if (rest.empty()) return true;
    if (rest.size() >= longestSpelling || !beginsEscape(rest.front())) return false;
    constexpr std::string_view inEscapes = "\\#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return rest.find_first_not_of(inEscapes, 1) == std::string_view::npos;
}

}  // namespace

Secret::Secret(std::string text) : text_(std::move(text)) {
    if (text_.size() < shortestSecret) return;
    for (const char first : {text_.front(), '\\', '%', '&'}) begins_[indexOf(first)] = true;
}

std::string Secret::redacted(std::string text) const {
    if (find(text, 0, text.size()).length == 0) return text;
    return redacted(text, 0, text.size());
}

std::string Secret::redacted(std::string_view text, std::size_t begin, std::size_t end) const {
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    const std::size_t reach = longestSpelling * text_.size();
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
        if (!begins_[indexOf(text[at])]) continue;
        if (const std::size_t length = lengthAt(text, at); length != 0) return {at, length};
    }
    return {};
}

std::size_t Secret::lengthAt(std::string_view text, std::size_t at) const noexcept {
    Places places;
    places.add(at);
    for (std::size_t i = 0; i < text_.size(); ++i) {
        Places next;
        for (const std::size_t place : places) {
            const std::string_view rest = text.substr(place);
            const Spellings spellings(rest, text_[i]);
            for (const std::size_t length : spellings) next.add(place + length);
            if (i >= tellingPart && spellings.begin() == spellings.end() && isCutOff(rest)) return text.size() - at;
        }
        if (next.empty()) return 0;
        places = next;
    }
    return *std::max_element(places.begin(), places.end()) - at;
}

}  // namespace applivery::detail

namespace applivery {

std::string redacted(std::string_view text, std::string_view token) {
    return detail::Secret(std::string(token)).redacted(std::string(text));
}

}  // namespace applivery
