#include "mock_server/byte_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <sys/socket.h>

namespace applivery::mock {
namespace {

// Repeats a system call as long as signals interrupt it.
template <typename Call>
ssize_t withoutInterruption(Call&& call) {
    ssize_t result = -1;
    do result = call();
    while (result < 0 && errno == EINTR);
    return result;
}

}  // namespace

std::optional<char> ByteStream::firstByte() const {
    char byte = 0;
    const ssize_t count = withoutInterruption([&] { return ::recv(socket_.get(), &byte, 1, MSG_PEEK); });
    return count == 1 ? std::optional(byte) : std::nullopt;
}

bool ByteStream::startTls(SSL_CTX* context) {
    blockSigpipe();
    TlsConnection tls(SSL_new(context));
    if (!tls || SSL_set_fd(tls.get(), socket_.get()) != 1 || SSL_accept(tls.get()) != 1) {
        ERR_clear_error();
        return false;
    }
    tls_ = std::move(tls);
    return true;
}

bool ByteStream::receive(std::string& buffer) {
    std::array<char, 4096> bytes{};
    const ssize_t count = withoutInterruption([&]() -> ssize_t {
        if (tls_) return SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        return ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
    });
    if (tls_) ERR_clear_error();
    if (count <= 0) return false;
    buffer.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

bool ByteStream::send(std::string_view bytes) {
    if (!tls_) return sendAll(socket_.get(), bytes);
    constexpr std::size_t maxWrite = std::size_t{1} << 20U;  // bytes
    while (!bytes.empty()) {
        const int sent = SSL_write(tls_.get(), bytes.data(), static_cast<int>(std::min(bytes.size(), maxWrite)));
        ERR_clear_error();
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void ByteStream::close() {
    if (tls_) SSL_shutdown(tls_.get());
    ERR_clear_error();
    closeSocket();
}

void ByteStream::reset() {
    const linger resetOnClose{1, 0};
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &resetOnClose, sizeof resetOnClose);
    closeSocket();
}

// Does not close the descriptor: the system could then reuse its number while the stream's thread still reads from it.
void ByteStream::interrupt() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (socket_.get() >= 0) ::shutdown(socket_.get(), SHUT_RDWR);
}

void ByteStream::closeSocket() {
    tls_.reset();
    const std::lock_guard<std::mutex> lock(mutex_);
    socket_.reset();
}

}  // namespace applivery::mock
