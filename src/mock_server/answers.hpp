/// @file
/// Answers that tests script again and again.
#pragma once

#include "mock_server/exchange.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock {

/// A JSON string with its quotes.
[[nodiscard]] std::string quoted(std::string_view text);

/// The service's error envelope.
[[nodiscard]] ScriptedAnswer apiError(int httpStatus, int code, std::string_view message);

/// 200 with this body.
[[nodiscard]] ScriptedAnswer ok(std::string json);

/// 200 with a list of these items (JSON texts) and nothing else in `data`.
[[nodiscard]] ScriptedAnswer okItems(const std::vector<std::string>& items);

/// 429 with `Retry-After` as given: seconds or a date.
[[nodiscard]] ScriptedAnswer tooManyRequests(std::string retryAfter);

/// The HTML page of a gateway whose service is away.
[[nodiscard]] ScriptedAnswer gatewayError(int httpStatus = 502);

/// A status and no body.
[[nodiscard]] ScriptedAnswer bare(int httpStatus);

/// A redirect to the location.
[[nodiscard]] ScriptedAnswer redirect(std::string location, int httpStatus = 302);

}  // namespace applivery::mock
