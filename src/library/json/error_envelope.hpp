/// @file
/// The service's error envelope: what stands in it, not what it means.
#pragma once

#include "core/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// `{"error":{"code":…,"message":…,"data":…}}`
struct ErrorEnvelope {
    std::optional<int> code;
    std::string message;
    std::string data;  ///< JSON text; empty where there is none.
};

/// Without the secret. Absent where the body is not JSON, holds no `error` object, or is too large to be one.
[[nodiscard]] std::optional<ErrorEnvelope> readErrorEnvelope(std::string_view body, const Secret& secret);

/// `{"status":false,"error":{"code":…,"message":…}}`, on one line.
[[nodiscard]] std::string writeErrorEnvelope(int code, std::string_view message);

}  // namespace applivery::detail
