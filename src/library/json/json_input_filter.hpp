/// @file
/// Replaces the parts of a JSON text with which the parser of nlohmann/json is slow or too strict.
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

namespace applivery::detail {

/// White space of JSON.
inline constexpr std::string_view jsonWhiteSpace = " \t\r\n";

/// Returns whether the whole text is a number in the syntax of JSON.
[[nodiscard]] bool isNumber(std::string_view text) noexcept;

/// Returns whether a text consists of printable ASCII, and can stand between the quotes of a JSON string unchanged.
[[nodiscard]] bool needsNoEscaping(std::string_view text) noexcept;

/// Iterates over a JSON text for the parser. The parser reads and copies one character at a time, and does not report
/// its position in the text. Replaces these parts of the text:
///
/// - A number becomes `0`, and number() returns its text: the parser would reject numbers that no field needs.
/// - A string that needs no unescaping becomes an empty string, and plainString() returns its text.
/// - One half of a surrogate pair becomes U+FFFD. Texts that were shortened within an emoji contain such halves.
/// - White space between tokens becomes one character.
/// - A null character becomes an invalid character: the parser would interpret it as the end of the text.
///
/// Ends the text at a string that is too long.
class JsonInputFilter {
public:
    /// @param maxStringLength limit of the bytes between the quotes of a string
    JsonInputFilter(std::string_view text, std::size_t maxStringLength);

    /// Returns the number of bytes of the text that the parser has consumed.
    [[nodiscard]] std::size_t offset() const noexcept;

    /// Returns the text of the last number.
    [[nodiscard]] std::string_view number() const noexcept { return number_; }

    /// Returns the last string if it needs no unescaping; else an empty text.
    [[nodiscard]] std::string_view plainString() const noexcept { return plainString_; }

    /// Returns whether the parser has reached the end of the text.
    [[nodiscard]] bool isAtEnd() const noexcept { return isAtEnd_; }

    /// Returns whether a string was too long.
    [[nodiscard]] bool isStringTooLong() const noexcept { return isStringTooLong_; }

    /// Input iterator for the parser. All copies share one position.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = char;
        using difference_type = std::ptrdiff_t;
        using pointer = const char*;
        using reference = const char&;

        explicit Iterator(JsonInputFilter& filter) noexcept : filter_(&filter) {}

        reference operator*() const noexcept { return *filter_->at_; }
        Iterator& operator++() noexcept {
            ++filter_->at_;
            return *this;
        }
        /// Returns whether characters are left. The parser compares only with the end, before it reads a character.
        friend bool operator!=(const Iterator& at, const Iterator&) noexcept { return at.prepareCharacter(); }

    private:
        // Begins the next chunk after the last character of a chunk. Returns false at the end of the text.
        [[nodiscard]] bool prepareCharacter() const noexcept {
            return filter_->at_ != filter_->chunkEnd_ || filter_->nextChunk();
        }

        JsonInputFilter* filter_;
    };

private:
    const char* findReplaced(const char* at) noexcept;
    const char* findReplacedInString(const char* at) noexcept;

    // Each of these functions sets the next chunk, and returns whether there is one.
    bool nextChunk() noexcept;
    bool finish() noexcept;
    bool pass(const char* end) noexcept;
    bool replace(std::string_view replacement, const char* next) noexcept;
    bool passString() noexcept;
    bool passNumber() noexcept;
    bool passWhiteSpace() noexcept;

    // The current chunk, from at_ to chunkEnd_, is a part of the text or a replacement. The text continues at next_.
    const char* at_;
    const char* chunkEnd_;
    const char* next_;
    const char* const begin_;
    const char* const end_;
    const char* stringLimit_ = nullptr;  // end of the longest string that may begin here; null outside of a string
    const char* quote_ = nullptr;        // next quote in the string, or stringLimit_
    const std::size_t maxStringLength_;
    std::string_view number_;
    std::string_view plainString_;
    bool isAtEnd_ = false;
    bool isStringTooLong_ = false;
};

}  // namespace applivery::detail
