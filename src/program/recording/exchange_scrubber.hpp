/// @file
/// Removes private data from exchanges with the service, and keeps their structure.
#pragma once

#include "recording/pseudonyms.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// Replaces private data in the bodies, the URLs and the headers of exchanges. Use one object for all exchanges of a
/// recording, so that equal ids have equal replacements.
class ExchangeScrubber {
public:
    /// Returns a body with private data replaced. JSON keeps names of fields, literals, and the allowed values of
    /// fields in the schema; it stays as complete or invalid as it was. HTML keeps the names of elements.
    [[nodiscard]] std::string body(std::string_view text);

    /// Returns path and query of a URL with private data replaced, without the part of the base URL.
    [[nodiscard]] std::string target(std::string_view url);

    /// Returns the value of a header, with private data replaced; absent if the header is not recorded.
    /// @param name in any case.
    [[nodiscard]] static std::optional<std::string> header(std::string_view name, std::string_view value);

private:
    [[nodiscard]] std::string segment(std::string_view text);
    [[nodiscard]] std::string parameter(std::string_view text);

    Pseudonyms pseudonyms_;
};

}  // namespace applivery::program
