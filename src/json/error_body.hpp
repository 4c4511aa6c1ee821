/// @file
/// The service's error envelope, and what HTTP statuses and codes mean.
#pragma once

#include "core/secret.hpp"

#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>

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

[[nodiscard]] Error errorFromEnvelope(const HttpResponse& response, const ErrorEnvelope& envelope);

/// For an answer that is not 2xx, with an envelope or without.
[[nodiscard]] Error errorFromFailure(const HttpResponse& response, const Secret& secret);

}  // namespace applivery::detail
