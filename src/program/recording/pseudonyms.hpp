/// @file
/// Made-up texts in the place of private ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace applivery::program {

/// How a text is written.
enum class Spelling {
    plain,   ///< As it is.
    json,    ///< As between the quotes of a JSON string, whole or not.
    number,  ///< As a number of JSON.
};

/// Gives each text one of the same shape: letters for letters, digits for digits, hexadecimal ids for such ids, and
/// what else there is as it was, such as a newline at the end or an escape. The same text always gets the same, and
/// another text of that shape another, as long as there are so many. None of the texts is kept.
class Pseudonyms {
public:
    /// In bytes; texts beyond it are masked, since nobody looks one up by them.
    static constexpr std::size_t longest = 4096;

    [[nodiscard]] std::string of(std::string_view text, Spelling spelling = Spelling::plain);

    /// The same for every text of a shape: `x` for letters, `0` for digits.
    [[nodiscard]] static std::string mask(std::string_view text);

private:
    std::unordered_map<std::size_t, std::uint64_t> numbers_;  // of texts, by their hash
    std::unordered_map<std::size_t, std::uint64_t> counts_;   // of the texts of a shape, by its hash
};

}  // namespace applivery::program
