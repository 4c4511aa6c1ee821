/// @file
/// The service's JSON straight into a page of builds, and back: no document in between.
#pragma once

#include "core/secret.hpp"
#include "json/parse.hpp"

#include <applivery/build_page.hpp>

#include <string>
#include <variant>

namespace applivery::detail {

struct DecodedBody {
    BuildPage page;               ///< `page.number` is 0 where the body does not say it.
    bool statusIsTrue = false;    ///< `"status":true`
    bool hasErrorObject = false;  ///< `"error":{…}`
    bool hasItems = false;        ///< `data.items` came, and was a list.

    [[nodiscard]] bool saysSuccess() const noexcept { return statusIsTrue && !hasErrorObject; }
};

/// Reads the body of a response.
[[nodiscard]] std::variant<DecodedBody, DecodeFailure> decodeBody(const JsonText& body, const Secret& secret);

/// The body that is decoded to this page.
[[nodiscard]] std::string writeBody(const BuildPage& page);

}  // namespace applivery::detail
