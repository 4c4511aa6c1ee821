/// @file
/// Reads and writes the error envelope of the service: `{"status":false,"error":{"code":…,"message":…,"data":…}}`.
#pragma once

#include "core/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Holds the `error` object. Its strings do not contain the secret.
struct ErrorEnvelope {
    std::optional<int> code;
    std::string message;  ///< First 500 bytes, redacted.
    std::string data;     ///< As JSON text; empty if absent or longer than 4 KiB.
};

/// Reads the envelope. Returns std::nullopt if the body is not JSON, has no `error` object, or is longer than 1 MiB.
[[nodiscard]] std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret);

/// Returns an envelope without `data`, on one line.
[[nodiscard]] std::string writeErrorEnvelope(int code, std::string_view message);

}  // namespace applivery::detail
