#include "mock_server/http11_required_server.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace applivery::mock {
namespace {

constexpr std::string_view h2 = "h2";
// In the format of ALPN: each name follows its length. In the server's order of preference.
constexpr std::string_view protocols{"\x02h2\x08http/1.1"};

int selectProtocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered,
                   unsigned offeredLength, void*) {
    const auto* const ours = reinterpret_cast<const unsigned char*>(protocols.data());
    unsigned char* chosen = nullptr;
    const int result =
        SSL_select_next_proto(&chosen, length, ours, static_cast<unsigned>(protocols.size()), offered, offeredLength);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

bool write(SSL* tls, const std::string& bytes) {
    return SSL_write(tls, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

// Reads this number of bytes. Returns std::nullopt if the connection ends before the last of them.
std::optional<std::string> read(SSL* tls, std::size_t count) {
    std::string bytes(count, '\0');
    std::size_t total = 0;
    while (total < count) {
        const int received = SSL_read(tls, bytes.data() + total, static_cast<int>(count - total));
        if (received <= 0) return std::nullopt;
        total += static_cast<std::size_t>(received);
    }
    return bytes;
}

// An HTTP/2 frame has a length of 3 bytes, a type, flags, a stream of 4 bytes and the payload (RFC 9113, section 4.1).

enum FrameType : char { headers = 1, resetStream = 3, settings = 4 };
constexpr std::size_t prefaceSize = 24;
constexpr std::size_t frameHeadSize = 9;
constexpr std::uint32_t http11Required = 13;

std::string encodeBigEndian(std::uint32_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(number >> shift & 0xFFU);
    return bytes;
}

std::uint32_t decodeBigEndian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::string frame(FrameType type, std::uint32_t stream, const std::string& payload) {
    const std::string length = encodeBigEndian(static_cast<std::uint32_t>(payload.size())).substr(1);
    return length + static_cast<char>(type) + '\0' + encodeBigEndian(stream) + payload;
}

void resetEveryStream(SSL* tls) {
    if (!write(tls, frame(settings, 0, {})) || !read(tls, prefaceSize)) return;
    while (const auto head = read(tls, frameHeadSize)) {
        const std::uint32_t payloadSize = decodeBigEndian(std::string_view(*head).substr(0, 3));
        const char type = (*head)[3];
        const std::uint32_t stream = decodeBigEndian(std::string_view(*head).substr(5));
        if (!read(tls, payloadSize)) return;
        if (type == headers) write(tls, frame(resetStream, stream, encodeBigEndian(http11Required)));
    }
}

}  // namespace

Http11RequiredServer::Http11RequiredServer(std::string response)
    : response_(std::move(response)),
      server_([](SSL_CTX* context) { SSL_CTX_set_alpn_select_cb(context, &selectProtocol, nullptr); },
              [this](SSL* tls) { serve(tls); }) {}

void Http11RequiredServer::serve(SSL* tls) {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(tls, &name, &length);
    const std::string_view protocol(reinterpret_cast<const char*>(name), length);
    if (protocol == h2) {
        resetEveryStream(tls);
    } else {
        respond(tls);
    }
}

void Http11RequiredServer::respond(SSL* tls) {
    constexpr std::string_view end = "\r\n\r\n";
    std::string request;
    while (const auto byte = read(tls, 1)) {
        request += *byte;
        if (request.size() < end.size() || request.substr(request.size() - end.size()) != end) continue;
        request.clear();
        ++http11Requests_;
        if (response_.empty() || !write(tls, response_)) return;
    }
}

}  // namespace applivery::mock
