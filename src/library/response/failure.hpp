/// @file
/// What a failure means: which kind it is, what to do about it, and whether it may pass by itself.
#pragma once

#include "core/secret.hpp"
#include "json/error_envelope.hpp"
#include "json/page_decoder.hpp"

#include <applivery/error.hpp>
#include <applivery/http_transport.hpp>

#include <optional>

namespace applivery::detail {

/// No answer came. The transport's error, which may be of the user's own making.
[[nodiscard]] Error errorFromTransport(Error error);

/// The service said that it failed, and why. @param status absent where the answer was not just given.
[[nodiscard]] Error errorFromEnvelope(std::optional<int> status, const ErrorEnvelope& envelope);

/// Something else than the service answered, or it said nothing: the status is all that there is.
[[nodiscard]] Error errorFromStatus(const HttpResponse& response, const Secret& secret);

/// A good status, and a body that cannot be read.
[[nodiscard]] Error errorFromBody(int status, DecodeFailure failure);

/// A text that did not come as an answer, and cannot be read.
[[nodiscard]] Error errorFromText(DecodeFailure failure);

}  // namespace applivery::detail
