/// @file
/// Responses for scripts of tests.
#pragma once

#include "mock_server/http_message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock {

/// Returns the text as a JSON string with quotes.
[[nodiscard]] std::string quoted(std::string_view text);

/// Returns an error of the service.
[[nodiscard]] ScriptedResponse apiError(int httpStatus, int code, std::string_view message);

/// Returns status 200 with this body.
[[nodiscard]] ScriptedResponse ok(std::string json);

/// Returns status 200 with a list of these items (JSON texts) and no other members in `data`.
[[nodiscard]] ScriptedResponse okItems(const std::vector<std::string>& items);

/// Returns status 429 with this `Retry-After`, which is a number of seconds or a date.
[[nodiscard]] ScriptedResponse tooManyRequests(std::string retryAfter);

/// Returns the HTML error page of a gateway.
[[nodiscard]] ScriptedResponse gatewayError(int httpStatus = 502);

/// Returns a status without a body.
[[nodiscard]] ScriptedResponse bare(int httpStatus);

/// Returns a redirect.
[[nodiscard]] ScriptedResponse redirect(std::string location, int httpStatus = 302);

}  // namespace applivery::mock
