/// @file
/// Ways in which a server or a network goes wrong, for a RawServer.
#pragma once

#include "mock_server/raw_server.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::mock::raw {

/// An answer's bytes: status line, `Content-Type: application/json`, the headers (each ending in CRLF), an empty line.
[[nodiscard]] std::string head(int status, std::string_view headers = {});

/// A whole answer, with the right `Content-Length`.
[[nodiscard]] std::string answer(int status, std::string_view body, std::string_view headers = {});

/// Reads a request, sends exactly these bytes, closes.
[[nodiscard]] ConnectionHandler answerWith(std::string bytes);

/// Answers every request of a connection with these bytes, until the peer closes.
[[nodiscard]] ConnectionHandler keepAnswering(std::string bytes);

/// Promises the whole body, sends `sent` bytes of it, closes.
[[nodiscard]] ConnectionHandler cutInBody(std::string body, std::size_t sent);

/// Begins a chunked body, and closes in the middle of a chunk.
[[nodiscard]] ConnectionHandler cutInChunk();

/// Sends the whole body with this `Content-Length`, which may be longer or shorter, and closes.
[[nodiscard]] ConnectionHandler wrongContentLength(std::string body, std::size_t declared);

/// Headers without an end.
[[nodiscard]] ConnectionHandler endlessHeaders();

/// A body without an end and without a length. It begins with the prefix.
[[nodiscard]] ConnectionHandler endlessBody(std::string prefix = R"({"status":true,"data":{"items":[)");

/// A small gzip body that inflates to a list's beginning and then this many MiB of spaces.
[[nodiscard]] ConnectionHandler gzipBomb(std::size_t mebibytes);

/// Sends a byte of the answer after each period until it is sent, or the server stops.
[[nodiscard]] ConnectionHandler drip(std::string bytes, std::chrono::milliseconds period);

/// A head, and then a space of the body after each period until the server stops.
[[nodiscard]] ConnectionHandler dripForever(std::chrono::milliseconds period, int status = 200);

/// Reads the request, and never answers.
[[nodiscard]] ConnectionHandler neverAnswer();

/// Closes before reading anything, in order or with a reset.
[[nodiscard]] ConnectionHandler closeAtOnce();
[[nodiscard]] ConnectionHandler resetAtOnce();

/// Reads the request, and resets the connection.
[[nodiscard]] ConnectionHandler resetAfterRequest();

/// The first handler for the first connection, and so on; the last for all that follow.
[[nodiscard]] ConnectionHandler inTurn(std::vector<ConnectionHandler> handlers);

}  // namespace applivery::mock::raw
