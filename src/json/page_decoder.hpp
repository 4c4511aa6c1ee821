/// @file
/// The body of a successful answer, from the parser's events straight into structs.
#pragma once

#include "core/secret.hpp"

#include <applivery/build_page.hpp>
#include <applivery/result.hpp>

#include <cstddef>
#include <string_view>

namespace applivery::detail {

struct DecodedBody {
    BuildPage page;
    bool statusIsTrue = false;    ///< `status`
    bool hasErrorObject = false;  ///< `error`
    bool hasItems = false;        ///< `data.items` came, and was a list.
};

/// Fails with ErrorKind::invalidResponse, naming the place, or ErrorKind::responseTooLarge where the structs would need
/// more than `memoryLimit` bytes. The error is retryable where the body is no whole JSON text.
[[nodiscard]] Result<DecodedBody> decodeBody(std::string_view body, std::size_t memoryLimit, const Secret& secret);

}  // namespace applivery::detail
