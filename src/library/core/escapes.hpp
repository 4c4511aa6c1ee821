/// @file
/// Recognizes characters that are escaped as in JSON, a URL or HTML.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace applivery::detail {

/// Maximum length of one escaped character, in bytes.
inline constexpr std::size_t maxEscapeLength = 16;

/// Length from which whiteSpaceLength() reads no further, in bytes.
inline constexpr std::size_t maxWhiteSpaceLength = 64;

/// Returns whether an escape sequence can begin with this character.
[[nodiscard]] constexpr bool beginsEscape(char c) noexcept {
    return c == '\\' || c == '%' || c == '&';
}

/// Lists the lengths of all forms of a character at the start of a text: the character itself, and its escapes. More
/// than one form can match, for example with backslashes. The list is empty if no form matches.
class EscapeLengths {
public:
    EscapeLengths(std::string_view text, char wanted) noexcept;

    [[nodiscard]] const std::size_t* begin() const noexcept { return lengths_.data(); }
    [[nodiscard]] const std::size_t* end() const noexcept { return lengths_.data() + count_; }

private:
    void add(std::size_t length) noexcept {
        if (count_ < lengths_.size()) lengths_[count_++] = length;
    }
    void addJson(std::string_view text, char wanted) noexcept;
    void addUrl(std::string_view text, char wanted) noexcept;
    void addHtml(std::string_view text, char wanted) noexcept;

    std::array<std::size_t, 4> lengths_{};
    std::size_t count_ = 0;
};

/// Returns the length of the white space, escaped or not, at the start of a text.
[[nodiscard]] std::size_t whiteSpaceLength(std::string_view text) noexcept;

/// Returns whether a text is empty, or may end within the escape sequence with which it begins.
[[nodiscard]] bool mayBeTruncated(std::string_view text) noexcept;

}  // namespace applivery::detail
