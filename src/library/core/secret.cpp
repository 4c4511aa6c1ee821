#include "core/secret.hpp"

#include "core/escapes.hpp"

#include <applivery/text.hpp>

#include <algorithm>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::string_view mask = "[redacted]";
constexpr std::size_t minTokenLength = 6;
constexpr std::size_t minCutLength = 4;  // shortest beginning of a token that is masked at the end of a text

std::size_t indexOf(char c) noexcept {
    return static_cast<unsigned char>(c);
}

// Set of positions in a text at which the next character of a token may begin. More than one escape can match, so there
// can be more than one position.
class Positions {
public:
    [[nodiscard]] const std::size_t* begin() const noexcept { return positions_.data(); }
    [[nodiscard]] const std::size_t* end() const noexcept { return positions_.data() + count_; }
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    void add(std::size_t position) noexcept {
        if (count_ < positions_.size() && std::find(begin(), end(), position) == end()) {
            positions_[count_++] = position;
        }
    }

private:
    std::array<std::size_t, 16> positions_{};
    std::size_t count_ = 0;
};

// Returns the characters that are equivalent in the two alphabets of base64. The result may refer to `c`.
std::string_view base64Equivalents(const char& c) noexcept {
    if (c == '+') return "+-";
    if (c == '/') return "/_";
    return {&c, 1};
}

// Returns the characters of base64 that encode a text. The text begins `offset` bytes after the start of a group of
// three bytes. Omits the characters at both ends that also depend on the bytes around the text.
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

// Follows the characters of a pattern through a text, from all positions that are still possible.
class PatternMatcher {
public:
    PatternMatcher(std::string_view pattern, bool isBase64, std::string_view text) noexcept
        : pattern_(pattern), isBase64_(isBase64), text_(text) {}

    // Returns the length of the match at a position; 0 if there is none. A match may be cut off by the end of the text.
    [[nodiscard]] std::size_t matchLength(std::size_t begin) const noexcept {
        Positions positions;
        positions.add(begin);
        for (std::size_t i = 0; i < pattern_.size(); ++i) {
            Positions next;
            for (const std::size_t position : positions) {
                const std::size_t space = i > 0 ? whiteSpaceLength(text_.substr(position)) : 0;
                if (matchCharacter(i, position, next) || (space > 0 && matchCharacter(i, position + space, next))) {
                    return text_.size() - begin;
                }
            }
            if (next.empty()) return 0;
            positions = next;
        }
        return *std::max_element(positions.begin(), positions.end()) - begin;
    }

private:
    // Matches the character `i` of the pattern at a position, and adds the positions after the character to `next`.
    // Returns whether the match is complete without this character, because the end of the text cut off the token.
    bool matchCharacter(std::size_t i, std::size_t position, Positions& next) const noexcept {
        const std::string_view rest = text_.substr(position);
        bool isFound = false;
        for (const char wanted : isBase64_ ? base64Equivalents(pattern_[i]) : pattern_.substr(i, 1)) {
            for (const std::size_t length : EscapeLengths(rest, wanted)) {
                next.add(position + length);
                isFound = true;
            }
        }
        return !isFound && i >= minCutLength && mayBeTruncated(rest);
    }

    std::string_view pattern_;
    bool isBase64_;
    std::string_view text_;
};

}  // namespace

Secret::Secret(std::string text) : text_(std::move(text)) {
    if (text_.size() < minTokenLength) return;
    add({text_});
    for (const std::size_t offset : {0U, 1U, 2U}) add({base64Core(text_, offset), true});
}

void Secret::add(Pattern pattern) {
    const auto bit = static_cast<std::uint8_t>(1U << patterns_.size());
    const std::string_view first = std::string_view(pattern.text).substr(0, 1);
    const std::string_view firsts = pattern.isBase64 ? base64Equivalents(first.front()) : first;
    for (const char c : firsts) patternsByFirstByte_[indexOf(c)] |= bit;
    if (!pattern.isBase64 || firsts.size() > 1) {  // letters and digits of base64 are never escaped
        for (const char c : {'\\', '%', '&'}) patternsByFirstByte_[indexOf(c)] |= bit;
    }
    patterns_.push_back(std::move(pattern));
}

std::string Secret::redacted(std::string text) const {
    if (find(text, 0, text.size()).length == 0) return text;
    return redacted(text, 0, text.size());
}

std::string Secret::redacted(std::string_view text, std::size_t begin, std::size_t end) const {
    end = std::min(end, text.size());
    begin = std::min(begin, end);
    // A match can begin before the part. Base64 is less than twice as long as the token.
    const std::size_t maxMatchLength = 2 * (maxEscapeLength + maxWhiteSpaceLength) * text_.size();
    const std::size_t searchBegin = begin > maxMatchLength ? begin - maxMatchLength : 0;
    std::string out;
    std::size_t copied = begin;
    // Matches may overlap, so each search begins one byte after the beginning of the last match.
    for (Match match = find(text, searchBegin, end); match.length != 0; match = find(text, match.begin + 1, end)) {
        const std::size_t matchEnd = match.begin + match.length;
        if (matchEnd <= copied) continue;
        if (match.begin >= copied) {
            out += text.substr(copied, match.begin - copied);
            out += mask;
        } else if (out.empty()) {
            out += mask;  // for a match that begins before the part
        }
        copied = matchEnd;
    }
    if (copied < end) out += text.substr(copied, end - copied);
    return out;
}

Error Secret::redacted(Error error) const {
    error.setMessage(redacted(error.message()));
    error.setApi(error.apiCode(), redacted(error.apiData()));
    return error;
}

Secret::Match Secret::find(std::string_view text, std::size_t begin, std::size_t end) const noexcept {
    for (std::size_t position = begin; position < end; ++position) {
        const std::size_t length = matchLength(text, position);
        if (length != 0) return {position, length};
    }
    return {};
}

std::size_t Secret::matchLength(std::string_view text, std::size_t position) const noexcept {
    const std::uint8_t candidates = patternsByFirstByte_[indexOf(text[position])];
    if (candidates == 0) return 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        if ((candidates >> i & 1U) == 0) continue;
        const PatternMatcher matcher(patterns_[i].text, patterns_[i].isBase64, text);
        length = std::max(length, matcher.matchLength(position));
    }
    return length;
}

}  // namespace applivery::detail

namespace applivery {

std::string redacted(std::string_view text, std::string_view token) {
    return detail::Secret(std::string(token)).redacted(std::string(text));
}

}  // namespace applivery
