/// @file
/// The two halves of an exchange, as the mock sees them.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace applivery::mock {

/// Names and values, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// A request as it arrived.
struct RecordedRequest {
    std::string method{};
    std::string target{};                                ///< Path and query as sent, still percent-encoded.
    std::string path{};                                  ///< The target up to `?`, as sent.
    Fields query{};                                      ///< Decoded, in order, repeats kept.
    Fields headers{};                                    ///< Sorted by name.
    int clientPort = 0;                                  ///< Tells connections apart.
    std::chrono::steady_clock::time_point receivedAt{};  ///< When the mock had read it.

    /// The first header of that name, in any case.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;

    /// The first query parameter of that name.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;

    /// The path's segments, decoded; a slash at the end makes none.
    [[nodiscard]] std::vector<std::string> segments() const;

    /// Whether a body follows, which no server here reads.
    [[nodiscard]] bool hasBody() const;
};

/// What the mock sends back. `Content-Length` is its own affair; without a `Content-Type` the body is JSON.
struct ScriptedAnswer {
    int status = 200;
    Fields headers{};
    std::string body{};
    std::chrono::milliseconds delay{0};     ///< Before the answer; ended by the server's end.
    std::optional<std::size_t> cutAfter{};  ///< Drop the connection after so many bytes of the body.
};

/// Whether two names of headers are the same: case does not count.
[[nodiscard]] bool sameName(std::string_view a, std::string_view b);

/// The request of a method, a target and headers.
[[nodiscard]] RecordedRequest makeRequest(std::string method, std::string target, Fields headers);

/// The request whose head this is, from its first line to the empty one.
[[nodiscard]] RecordedRequest parseHead(std::string_view head);

/// Splits and decodes the part of a target after `?`.
[[nodiscard]] Fields parseQuery(std::string_view text);

/// Decodes `%41`, and `+` as a space where a form is meant. What is no escape stays as it is.
[[nodiscard]] std::string percentDecoded(std::string_view text, bool plusIsSpace = false);

}  // namespace applivery::mock
