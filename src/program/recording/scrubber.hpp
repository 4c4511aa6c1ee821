/// @file
/// Exchanges with the service without what is private in them, and in the shape that they have.
#pragma once

#include "recording/pseudonyms.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// One for all exchanges of a recording, so that the same id is the same made-up one in all of them.
class Scrubber {
public:
    /// JSON stays what it is, whole or not, or no JSON: names of fields, `true`, `false` and `null`, and what is
    /// harmless in a field of the schema. Of a page of HTML the names of elements stay.
    [[nodiscard]] std::string body(std::string_view text);

    /// Path and query as the API knows them, without what a base URL has in front.
    [[nodiscard]] std::string target(std::string_view url);

    /// The value of a header; absent for one that is not to be kept. @param name in any case.
    [[nodiscard]] static std::optional<std::string> header(std::string_view name, std::string_view value);

private:
    [[nodiscard]] std::string segment(std::string_view text);
    [[nodiscard]] std::string parameter(std::string_view text);

    Pseudonyms pseudonyms_;
};

}  // namespace applivery::program
