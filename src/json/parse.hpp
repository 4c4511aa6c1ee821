/// @file
/// JSON into the structs that a table describes.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Why a body could not be read.
struct DecodeFailure {
    enum class Reason {
        notJson,   ///< Cut off, or not JSON at all.
        notAList,  ///< Whole JSON, and not what the table describes. The message names the place.
        tooLarge,  ///< The structs would need more memory than they may.
    };
    Reason reason;
    std::string message;  ///< A sentence for people, without the secret.
};

/// Fills the object that the row is of, which is the whole text. @param memoryLimit for the structs, in bytes.
[[nodiscard]] std::optional<DecodeFailure> parseJson(std::string_view text, const Field& row, void* object,
                                                     std::size_t memoryLimit, const Secret& secret);

}  // namespace applivery::detail
