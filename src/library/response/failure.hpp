/// @file
/// Creates the errors of failed requests: their kind, their advice, and whether they are transient.
#pragma once

#include "core/secret.hpp"
#include "json/error_envelope.hpp"
#include "json/page_decoder.hpp"

#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>

#include <optional>

namespace applivery::detail {

/// Returns the error of a transport, with Error::isRetryable() set by its kind and HTTP status.
[[nodiscard]] Error errorFromTransport(Error error);

/// Creates the error for an error envelope of the service.
/// @param status is absent if the envelope is from a stored response
[[nodiscard]] Error errorFromEnvelope(std::optional<int> status, const ErrorEnvelope& envelope);

/// Creates the error for a failed status without an error envelope, for example from a proxy.
[[nodiscard]] Error errorFromStatus(const HttpResponse& response, const Secret& secret);

/// Creates the error for a successful status with a body that cannot be decoded.
[[nodiscard]] Error errorFromBody(int status, DecodeFailure failure);

/// Creates the error for a stored text that cannot be decoded.
[[nodiscard]] Error errorFromText(DecodeFailure failure);

}  // namespace applivery::detail
