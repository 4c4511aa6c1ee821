/// @file
/// HTTP requests and responses of the mock server.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::mock {

/// Names and values in the order of their arrival.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Represents a received request.
struct RecordedRequest {
    std::string method{};
    std::string target{};                                ///< Path and query, percent-encoded.
    std::string path{};                                  ///< The target up to `?`, percent-encoded.
    Fields query{};                                      ///< Decoded, with repeated parameters.
    Fields headers{};                                    ///< Sorted by name if an HttpListener received the request.
    int clientPort = 0;                                  ///< Identifies the connection.
    std::chrono::steady_clock::time_point receivedAt{};  ///< The time at which the request was complete.

    /// Returns the first header with this name. Ignores the case of the name.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;

    /// Returns the first query parameter with this name.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;

    /// Returns the decoded segments of the path. A slash at the end adds no segment.
    [[nodiscard]] std::vector<std::string> segments() const;

    /// Returns whether the request has a body. The mock server never reads a body.
    [[nodiscard]] bool hasBody() const;
};

/// Represents a response. The server adds `Content-Length`, and the `Content-Type` of JSON if none is given.
struct ScriptedResponse {
    int status = 200;
    Fields headers{};
    std::string body{};
    std::chrono::milliseconds delay{0};     ///< Before the response. Destroying the server ends the delay.
    std::optional<std::size_t> cutAfter{};  ///< Closes the connection after this many bytes of the body.
};

/// Returns whether two header names are equal. Ignores case.
[[nodiscard]] bool sameName(std::string_view a, std::string_view b);

/// Creates a request and splits its target.
[[nodiscard]] RecordedRequest makeRequest(std::string method, std::string target, Fields headers);

/// Parses the head of a request, from the request line to the empty line.
[[nodiscard]] RecordedRequest parseRequestHead(std::string_view head);

/// Splits and decodes a query, which is the part of a target after `?`.
[[nodiscard]] Fields parseQuery(std::string_view text);

/// Decodes percent-encoding. Invalid escapes stay unchanged.
/// @param plusIsSpace decodes `+` as a space, as in a form.
[[nodiscard]] std::string percentDecoded(std::string_view text, bool plusIsSpace = false);

}  // namespace applivery::mock
