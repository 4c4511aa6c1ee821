/// @file
/// Keeps tokens out of what leaves the library.
#pragma once

#include <applivery/error.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// A token, and how to leave it out of texts: also as JSON, JSON inside JSON, a URL, a URL inside a URL, or HTML would
/// write it, and the beginning of one where a text was cut off in the middle of it. A token of less than six characters
/// is left in: it is no secret, and masking it would garble honest text.
///
/// Who shortens a text shortens it here, since half a token is not found any more.
class Secret {
public:
    explicit Secret(std::string text = {});

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    /// The text with a mask for each occurrence, in one pass.
    [[nodiscard]] std::string redacted(std::string text) const;

    /// The part from `begin` to `end`, where an occurrence that reaches into it is masked whole.
    [[nodiscard]] std::string redacted(std::string_view text, std::size_t begin, std::size_t end) const;

    /// The error without the token in any of its texts.
    [[nodiscard]] Error redacted(Error error) const;

private:
    struct Match {
        std::size_t at = 0;
        std::size_t length = 0;  // 0 where there is none
    };

    [[nodiscard]] Match find(std::string_view text, std::size_t from, std::size_t to) const noexcept;
    [[nodiscard]] std::size_t lengthAt(std::string_view text, std::size_t at) const noexcept;

    std::string text_;
    std::array<bool, 256> begins_{};  // the bytes with which an occurrence can begin; none for a short token
};

}  // namespace applivery::detail
