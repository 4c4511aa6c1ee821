#include "mock_server/connection_handlers.hpp"

#include "mock_server/gzip.hpp"

#include <algorithm>

namespace applivery::mock::raw {
namespace {

constexpr std::string_view crlf = "\r\n";

std::string contentLengthHeader(std::size_t length) {
    return "Content-Length: " + std::to_string(length) + std::string(crlf);
}

}  // namespace

std::string responseHead(int status, std::string_view headers) {
    std::string bytes = "HTTP/1.1 " + std::to_string(status) + " Scripted\r\nContent-Type: application/json\r\n";
    bytes += headers;
    return bytes += crlf;
}

std::string response(int status, std::string_view body, std::string_view headers) {
    return responseHead(status, std::string(headers) + contentLengthHeader(body.size())) + std::string(body);
}

ConnectionHandler respondOnce(std::string bytes) {
    return [bytes = std::move(bytes)](Connection& connection) {
        if (connection.readRequestHead()) connection.write(bytes);
    };
}

ConnectionHandler respondToEach(std::string bytes) {
    return [bytes = std::move(bytes)](Connection& connection) {
        while (connection.readRequestHead() && connection.write(bytes)) continue;
    };
}

ConnectionHandler cutInBody(std::string body, std::size_t sent) {
    return respondOnce(responseHead(200, contentLengthHeader(body.size())) + body.substr(0, sent));
}

ConnectionHandler cutInChunk() {
    return respondOnce(responseHead(200, "Transfer-Encoding: chunked\r\n") + "40\r\n{\"status\":true,\"data\":");
}

ConnectionHandler wrongContentLength(std::string body, std::size_t declared) {
    return respondOnce(responseHead(200, contentLengthHeader(declared)) + body);
}

ConnectionHandler endlessHeaders() {
    return [](Connection& connection) {
        if (!connection.readRequestHead()) return;
        bool isOpen = connection.write("HTTP/1.1 200 Scripted\r\n");
        for (std::size_t i = 0; isOpen; ++i)
            isOpen = connection.write("X-Header-" + std::to_string(i) + ": " + std::string(1000, 'x') + "\r\n");
    };
}

ConnectionHandler endlessBody(std::string prefix) {
    return [prefix = std::move(prefix)](Connection& connection) {
        if (!connection.readRequestHead()) return;
        bool isOpen = connection.write(responseHead(200) + prefix);
        const std::string spaces(std::size_t{64} << 10U, ' ');
        while (isOpen) isOpen = connection.write(spaces);
    };
}

ConnectionHandler gzipBomb(std::size_t mebibytes) {
    // Compresses at each connection. Compression here would slow down every test that creates the handler and never
    // connects.
    return [mebibytes](Connection& connection) {
        const std::string body = gzipOfSpaces(R"({"status":true,"data":{"items":[)", mebibytes << 20U);
        respondOnce(response(200, body, "Content-Encoding: gzip\r\n"))(connection);
    };
}

ConnectionHandler drip(std::string bytes, std::chrono::milliseconds period) {
    return [bytes = std::move(bytes), period](Connection& connection) {
        if (!connection.readRequestHead()) return;
        for (const char byte : bytes)
            if (!connection.write({&byte, 1}) || !connection.pause(period)) return;
    };
}

ConnectionHandler dripForever(std::chrono::milliseconds period, int status) {
    return [period, status](Connection& connection) {
        if (!connection.readRequestHead() || !connection.write(responseHead(status))) return;
        while (connection.write(" ") && connection.pause(period)) continue;
    };
}

ConnectionHandler neverRespond() {
    return [](Connection& connection) {
        connection.readRequestHead();
        connection.waitForPeerOrStop();
    };
}

ConnectionHandler closeAtOnce() {
    return [](Connection& connection) { connection.close(); };
}

ConnectionHandler respondWithoutTls() {
    return [](Connection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); };
}

ConnectionHandler resetAtOnce() {
    return [](Connection& connection) { connection.reset(); };
}

ConnectionHandler resetAfterRequest() {
    return [](Connection& connection) {
        connection.readRequestHead();
        connection.reset();
    };
}

ConnectionHandler inSequence(std::vector<ConnectionHandler> handlers) {
    return [handlers = std::move(handlers)](Connection& connection) {
        handlers.at(std::min(connection.index(), handlers.size() - 1))(connection);
    };
}

}  // namespace applivery::mock::raw
