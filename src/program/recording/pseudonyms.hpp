/// @file
/// Invented texts that replace private ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace applivery::program {

/// How a text is encoded.
enum class Spelling {
    plain,   ///< Without an encoding.
    json,    ///< As the content of a JSON string, which may be cut off.
    number,  ///< As a number in JSON.
};

/// Replaces each text by a text of the same shape: letters by letters, digits by digits, and hexadecimal ids by such
/// ids. Other characters stay, such as a newline at the end. Equal texts have equal replacements. Different texts of
/// one shape have different replacements, as long as the shape allows more of them. Does not store the texts.
class Pseudonyms {
public:
    /// Longest text in bytes that of() replaces by an individual text. A longer text is masked.
    static constexpr std::size_t maxLength = 4096;

    /// Returns the replacement of a text.
    [[nodiscard]] std::string of(std::string_view text, Spelling spelling = Spelling::plain);

    /// Returns the same text for all texts of a shape: `x` for letters, `0` for digits.
    [[nodiscard]] static std::string mask(std::string_view text);

private:
    std::unordered_map<std::size_t, std::uint64_t> numbers_;  // by the hash of a text
    std::unordered_map<std::size_t, std::uint64_t> counts_;   // number of texts of a shape, by the hash of the shape
};

}  // namespace applivery::program
