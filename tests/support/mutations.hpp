/// @file
/// Mutations of texts.
#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace applivery::test {

/// Applies one to three small changes. Each removes, repeats or replaces a part of the text.
inline std::string mutated(std::string text, std::mt19937& random) {
    static constexpr std::string_view pieces[] = {"\"", "\\", "{", "}",  "[",    "]",    ",",    ":",
                                                  "0",  "-",  ".", "e9", "null", "true", " \n ", "\\ud83d",
                                                  "\t", "1",  "E", "{}", "\xff", "[]",   "\"\"", "1e400"};
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t at = random() % text.size();
        const std::size_t count = random() % 4;
        switch (random() % 3) {
            case 0:
                text.erase(at, count + 1);
                break;
            case 1:
                text.insert(at, text.substr(at, count * 8));
                break;
            default:
                text.replace(at, count, pieces[random() % std::size(pieces)]);
        }
    }
    return text;
}

}  // namespace applivery::test
