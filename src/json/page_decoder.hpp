/// @file
/// The service's JSON, straight into a page of builds: no document in between.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_page.hpp>

#include <cstddef>
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

/// Why a body could not be read.
struct DecodeFailure {
    enum class Reason {
        notJson,   ///< Cut off, or not JSON at all.
        notAList,  ///< Whole JSON, and not what a list of builds looks like. The message names the place.
        tooLarge,  ///< The structs would need more memory than they may.
    };
    Reason reason;
    std::string message;  ///< A sentence for people, without the secret.
};

/// @param memoryLimit for the structs, in bytes.
[[nodiscard]] std::variant<DecodedBody, DecodeFailure> decodeBody(std::string_view body, std::size_t memoryLimit,
                                                                  const Secret& secret);

}  // namespace applivery::detail
