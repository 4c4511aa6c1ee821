/// @file
/// Connection handlers of a RawServer: faults of servers and networks.
#pragma once

#include "mock_server/raw_server.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock::raw {

/// Returns a status line, `Content-Type: application/json`, the headers and an empty line.
/// @param headers each ends with CRLF.
[[nodiscard]] std::string responseHead(int status, std::string_view headers = {});

/// Returns a complete response with the correct `Content-Length`.
[[nodiscard]] std::string response(int status, std::string_view body, std::string_view headers = {});

/// Reads a request, sends exactly these bytes and closes the connection.
[[nodiscard]] ConnectionHandler respondOnce(std::string bytes);

/// Sends these bytes for each request until the peer closes the connection.
[[nodiscard]] ConnectionHandler respondToEach(std::string bytes);

/// Declares the length of the whole body, sends the first `sent` bytes and closes the connection.
[[nodiscard]] ConnectionHandler cutInBody(std::string body, std::size_t sent);

/// Starts a chunked body and closes the connection within a chunk.
[[nodiscard]] ConnectionHandler cutInChunk();

/// Sends the whole body with this `Content-Length` and closes the connection.
[[nodiscard]] ConnectionHandler wrongContentLength(std::string body, std::size_t declared);

/// Sends headers without end.
[[nodiscard]] ConnectionHandler endlessHeaders();

/// Sends the prefix and then spaces without end, as a body without a length.
[[nodiscard]] ConnectionHandler endlessBody(std::string prefix = R"({"status":true,"data":{"items":[)");

/// Sends a small gzip body that inflates to the start of a list and `mebibytes` MiB of spaces.
[[nodiscard]] ConnectionHandler gzipBomb(std::size_t mebibytes);

/// Sends one byte of the response after each period.
[[nodiscard]] ConnectionHandler drip(std::string bytes, std::chrono::milliseconds period);

/// Sends a response head and then a space after each period, without end.
[[nodiscard]] ConnectionHandler dripForever(std::chrono::milliseconds period, int status = 200);

/// Reads the request and never responds.
[[nodiscard]] ConnectionHandler neverRespond();

/// Closes the connection before reading anything.
[[nodiscard]] ConnectionHandler closeAtOnce();

/// Sends a response in plain text before it reads anything, as a server without TLS responds to a handshake.
[[nodiscard]] ConnectionHandler respondWithoutTls();

/// Resets the connection before reading anything.
[[nodiscard]] ConnectionHandler resetAtOnce();

/// Reads the request and resets the connection.
[[nodiscard]] ConnectionHandler resetAfterRequest();

/// Uses the first handler for the first connection, and so on. Uses the last handler for all further connections.
[[nodiscard]] ConnectionHandler inSequence(std::vector<ConnectionHandler> handlers);

}  // namespace applivery::mock::raw
