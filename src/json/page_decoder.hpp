/// @file
/// The service's JSON straight into a page of builds, and back: no document in between.
#pragma once

#include "core/secret.hpp"
#include "json/parse.hpp"

#include <applivery/build_page.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace applivery::detail {

struct DecodedBody {
    BuildPage page;               ///< `page.number` is 0 where the body does not say it.
    bool statusIsTrue = false;    ///< `"status":true`
    bool hasErrorObject = false;  ///< `"error":{…}`
    bool hasItems = false;        ///< `data.items` came, and was a list.

    [[nodiscard]] bool saysSuccess() const noexcept { return statusIsTrue && !hasErrorObject; }
};

/// @param memoryLimit for the structs, in bytes. @param goesOn as JsonText::goesOn.
[[nodiscard]] std::variant<DecodedBody, DecodeFailure> decodeBody(std::string_view body, std::size_t memoryLimit,
                                                                  const Secret& secret,
                                                                  const std::function<bool()>& goesOn = nullptr);

/// The body that is decoded to this page.
[[nodiscard]] std::string writeBody(const BuildPage& page);

}  // namespace applivery::detail
