/// @file
/// Keeps tokens out of logs, errors and recordings.
#pragma once

#include <applivery/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// Represents a token, and removes it from texts. Finds the token also if it is
/// - escaped as in JSON, JSON inside JSON, a URL, a URL inside a URL, or HTML,
/// - encoded in base64, alone or as a part of a longer text, in either alphabet,
/// - broken by white space,
/// - cut off by the end of the text.
///
/// Does not remove a token of fewer than six characters: it is no secret, and the mask would garble other words.
///
/// Redact a text before you shorten it, because a token without its beginning is not found.
class Secret {
public:
    explicit Secret(std::string text = {});

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// Returns the text with a mask in place of each occurrence of the token.
    [[nodiscard]] std::string redacted(std::string text) const;

    /// Returns the part from `begin` to `end`, redacted. An occurrence that overlaps the part only partially is masked
    /// too.
    [[nodiscard]] std::string redacted(std::string_view text, std::size_t begin, std::size_t end) const;

    /// Returns the error with all its texts redacted.
    [[nodiscard]] Error redacted(Error error) const;

private:
    struct Match {
        std::size_t begin = 0;
        std::size_t length = 0;  // 0 if there is no match
    };

    // The token, or the characters of base64 that encode the token. The latter differ for three positions in a text.
    struct Pattern {
        std::string text;
        bool isBase64 = false;
    };

    void add(Pattern pattern);
    [[nodiscard]] Match find(std::string_view text, std::size_t begin, std::size_t end) const noexcept;
    [[nodiscard]] std::size_t matchLength(std::string_view text, std::size_t position) const noexcept;

    std::string text_;
    std::vector<Pattern> patterns_;  // empty for a short token
    // For each byte, a bit for each pattern that may begin with this byte.
    std::array<std::uint8_t, 256> patternsByFirstByte_{};
};

}  // namespace applivery::detail
