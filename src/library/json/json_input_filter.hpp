/// @file
/// A JSON text as nlohmann's parser is fed with it, which takes one character after the other, copies it, and tells
/// nobody where it is. So that no text can make it fail on what does not matter, or take long over what needs no
/// parser:
///
/// - a number of the right form is given as `0`, and kept as it was written: its value and range matter to the field
///   that it is for alone;
/// - a string that stands for itself is given as an empty one, and kept;
/// - half of a surrogate pair, which emoji become where a text was cut, is given as U+FFFD;
/// - of white space between the tokens, one character is given;
/// - a string that is too long ends the text;
/// - a null character, which the parser takes for the text's end, is given as another that is not JSON.
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

namespace applivery::detail {

/// Whether the whole text is a number as JSON has it.
[[nodiscard]] bool isNumber(std::string_view text) noexcept;

/// Whether a JSON string with this text between its quotes, in ASCII, has this value.
[[nodiscard]] bool needsNoEscaping(std::string_view text) noexcept;

class JsonInputFilter {
public:
    /// @param longestString in bytes, between its quotes.
    JsonInputFilter(std::string_view text, std::size_t longestString);

    /// How many bytes of the text were taken.
    [[nodiscard]] std::size_t offset() const noexcept;

    /// The number that was begun last, as it was written.
    [[nodiscard]] std::string_view number() const noexcept { return number_; }

    /// The string that was begun last, where it stands for itself; else empty.
    [[nodiscard]] std::string_view plainString() const noexcept { return plainString_; }

    [[nodiscard]] bool endWasAskedFor() const noexcept { return endWasAskedFor_; }
    [[nodiscard]] bool stringIsTooLong() const noexcept { return stringIsTooLong_; }

    /// What the parser sees; all copies are at the same place.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = const char&;

        explicit Iterator(JsonInputFilter& characters) noexcept : characters_(&characters) {}

        reference operator*() const noexcept { return *characters_->at_; }
        Iterator& operator++() noexcept {
            ++characters_->at_;
            return *this;
        }
        /// The parser only asks whether the end is reached.
        friend bool operator!=(const Iterator& at, const Iterator&) noexcept { return at.isBeforeEnd(); }

    private:
        [[nodiscard]] bool isBeforeEnd() const noexcept {
            return characters_->at_ != characters_->runEnd_ || characters_->beginRun();
        }

        JsonInputFilter* characters_;
    };

private:
    bool beginRun() noexcept;
    const char* endOfPlain(const char* at) noexcept;
    const char* endOfPlainString(const char* at) noexcept;
    bool finish() noexcept;
    bool give(const char* end) noexcept;
    bool giveInstead(std::string_view characters, const char* next) noexcept;
    bool giveString() noexcept;
    bool giveNumber() noexcept;
    bool giveWhiteSpace() noexcept;

    // What is given at once lies between at_ and runEnd_; then the text goes on at next_.
    const char* at_;
    const char* runEnd_;
    const char* next_;
    const char* const begin_;
    const char* const end_;
    const char* stringEnd_ = nullptr;  // the longest that the string may reach; null outside of one that is given
    const char* quote_ = nullptr;      // the next in the string, or stringEnd_; looked for once
    const std::size_t longestString_;
    std::string_view number_;
    std::string_view plainString_;
    bool endWasAskedFor_ = false;
    bool stringIsTooLong_ = false;
};

}  // namespace applivery::detail
