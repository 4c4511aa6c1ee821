/// @file
/// Keeps tokens out of what leaves the library.
#pragma once

#include <applivery/error.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// Represents a token, and leaves it out of texts. Finds the token also if it is
/// - written as in JSON, JSON inside JSON, a URL, a URL inside a URL, or HTML,
/// - encoded in base64, alone or as a part of a longer text, in either alphabet,
/// - broken by white space,
/// - cut off by the end of the text.
///
/// Leaves in a token of less than six characters: it is no secret, and a mask would garble honest text.
///
/// A text must be redacted before it is shortened, since half a token is not found any more.
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

    // The token, or what stands for it whole in the base64 of any text that holds it.
    struct Form {
        std::string text;
        bool isBase64 = false;
    };

    void add(Form form);
    [[nodiscard]] Match find(std::string_view text, std::size_t from, std::size_t to) const noexcept;
    [[nodiscard]] std::size_t lengthAt(std::string_view text, std::size_t at) const noexcept;

    std::string text_;
    std::vector<Form> forms_;                 // none for a short token
    std::array<std::uint8_t, 256> begins_{};  // for each byte: the forms, as bits, that an occurrence there may have
};

}  // namespace applivery::detail
