/// @file
/// Responses as bytes of HTTP/1.1.
#pragma once

#include "mock_server/http_message.hpp"

#include <string>

namespace applivery::mock {

/// A response in the form in which the server sends it.
struct ResponseBytes {
    std::string bytes{};
    bool endsConnection = false;  ///< Whether the server must close the connection after the response.
};

/// Returns the bytes of the response to a request. Compresses a body that is not cut off if the client accepts gzip.
/// @param head the head of the request.
[[nodiscard]] ResponseBytes toBytes(ScriptedResponse response, const RecordedRequest& request, const std::string& head);

}  // namespace applivery::mock
