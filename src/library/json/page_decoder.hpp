/// @file
/// Decodes the JSON of the service directly into a page of builds, and encodes a page.
#pragma once

#include "core/secret.hpp"
#include "json/parse.hpp"

#include <applivery/build_page.hpp>

#include <string>
#include <variant>

namespace applivery::detail {

/// Holds the body of a response. Valid JSON is not necessarily a page.
struct DecodedBody {
    BuildPage page;               ///< `page.number` is 0 if the body does not contain it.
    bool statusIsTrue = false;    ///< Whether the body has `"status":true`.
    bool hasErrorObject = false;  ///< Whether the body has `"error":{…}`.
    bool hasItems = false;        ///< Whether `data.items` is a list.

    [[nodiscard]] bool isSuccess() const noexcept { return statusIsTrue && !hasErrorObject; }
};

/// Decodes the body of a response.
[[nodiscard]] std::variant<DecodedBody, DecodeFailure> decodeBody(const JsonInput& body, const Secret& secret);

/// Returns the body of a successful response with this page.
[[nodiscard]] std::string writeBody(const BuildPage& page);

}  // namespace applivery::detail
