#include "mock_server/http11_requirer.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <list>
#include <memory>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace applivery::mock {
namespace {

struct FreeTls {
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL* connection) const noexcept { SSL_free(connection); }
};
using Context = std::unique_ptr<SSL_CTX, FreeTls>;
using Tls = std::unique_ptr<SSL, FreeTls>;

void require(bool success, const char* step) {
    if (!success) throw std::runtime_error(std::string("Http11Requirer: ") + step);
}

constexpr std::string_view h2 = "h2";
constexpr std::string_view protocols{"\x02h2\x08http/1.1"};  // the server's order, as ALPN writes it

int selectProtocol(SSL*, const unsigned char** out, unsigned char* length, const unsigned char* offered,
                   unsigned offeredLength, void*) {
    const auto* const ours = reinterpret_cast<const unsigned char*>(protocols.data());
    unsigned char* chosen = nullptr;
    const int result =
        SSL_select_next_proto(&chosen, length, ours, static_cast<unsigned>(protocols.size()), offered, offeredLength);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Context makeContext(const TestCertificates& certificates) {
    Context context(SSL_CTX_new(TLS_server_method()));
    require(context != nullptr, "no TLS");
    require(SSL_CTX_use_certificate_file(context.get(), certificates.serverCertFile().c_str(), SSL_FILETYPE_PEM) == 1 &&
                SSL_CTX_use_PrivateKey_file(context.get(), certificates.serverKeyFile().c_str(), SSL_FILETYPE_PEM) == 1,
            "no certificate");
    SSL_CTX_set_alpn_select_cb(context.get(), &selectProtocol, nullptr);
    return context;
}

// ---- frames of HTTP/2: a length of 3 bytes, a type, flags, a stream of 4 bytes, the payload ----

enum FrameType : char { headers = 1, resetStream = 3, settings = 4 };
constexpr std::size_t prefaceSize = 24;
constexpr std::size_t frameHeadSize = 9;
constexpr std::uint32_t http11Required = 13;

std::string bigEndian(std::uint32_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(number >> shift & 0xFFU);
    return bytes;
}

std::uint32_t numberOf(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::string frame(FrameType type, std::uint32_t stream, const std::string& payload) {
    const std::string length = bigEndian(static_cast<std::uint32_t>(payload.size())).substr(1);
    return length + static_cast<char>(type) + '\0' + bigEndian(stream) + payload;
}

}  // namespace

class Http11Requirer::Impl {
public:
    Impl(std::string response, const TestCertificates& certificates)
        : response_(std::move(response)), context_(makeContext(certificates)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        socklen_t length = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        require(::bind(listener_, generic, length) == 0 && ::listen(listener_, 64) == 0 &&
                    ::getsockname(listener_, generic, &length) == 0,
                "cannot listen");
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept(); });
    }

    ~Impl() {
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        for (Worker& worker : workers_) ::shutdown(worker.socket, SHUT_RDWR);
        for (Worker& worker : workers_) {
            worker.thread.join();
            ::close(worker.socket);
        }
        ::close(listener_);
    }

    [[nodiscard]] int port() const noexcept { return port_; }

    std::atomic<std::size_t> http11Requests{0};

private:
    struct Worker {
        int socket;
        std::thread thread{};
    };

    void accept() {
        while (true) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) return;
            Worker& worker = workers_.emplace_back(Worker{socket});
            worker.thread = std::thread([this, socket] { serve(socket); });
        }
    }

    void serve(int socket) {
        sigset_t brokenPipe;  // OpenSSL raises it if the client has closed the connection
        sigemptyset(&brokenPipe);
        sigaddset(&brokenPipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
        const Tls tls(SSL_new(context_.get()));
        if (!tls || SSL_set_fd(tls.get(), socket) != 1) return;
        if (SSL_accept(tls.get()) == 1) {
            const unsigned char* name = nullptr;
            unsigned length = 0;
            SSL_get0_alpn_selected(tls.get(), &name, &length);
            const std::string_view protocol(reinterpret_cast<const char*>(name), length);
            protocol == h2 ? refuse(tls.get()) : answer(tls.get());
        }
        ::shutdown(socket, SHUT_RDWR);  // the owner closes it
    }

    void refuse(SSL* tls) {
        if (!write(tls, frame(settings, 0, {})) || !read(tls, prefaceSize)) return;
        while (const auto head = read(tls, frameHeadSize)) {
            const std::uint32_t stream = numberOf(std::string_view(*head).substr(5));
            if (!read(tls, numberOf(std::string_view(*head).substr(0, 3)))) return;
            if ((*head)[3] == headers) write(tls, frame(resetStream, stream, bigEndian(http11Required)));
        }
    }

    void answer(SSL* tls) {
        std::string request;
        while (const auto byte = read(tls, 1)) {
            request += *byte;
            if (request.size() < 4 || request.substr(request.size() - 4) != "\r\n\r\n") continue;
            request.clear();
            ++http11Requests;
            if (response_.empty() || !write(tls, response_)) return;
        }
    }

    static bool write(SSL* tls, const std::string& bytes) {
        return SSL_write(tls, bytes.data(), static_cast<int>(bytes.size())) > 0;
    }

    static std::optional<std::string> read(SSL* tls, std::size_t count) {
        std::string bytes(count, '\0');
        for (std::size_t have = 0; have < count;) {
            const int got = SSL_read(tls, bytes.data() + have, static_cast<int>(count - have));
            if (got <= 0) return std::nullopt;
            have += static_cast<std::size_t>(got);
        }
        return bytes;
    }

    const std::string response_;
    const Context context_;
    int listener_ = -1;
    int port_ = 0;
    std::list<Worker> workers_;  // the acceptor's until it has ended
    std::thread acceptor_;
};

Http11Requirer::Http11Requirer(std::string response)
    : impl_(std::make_unique<Impl>(std::move(response), certificates_)) {}

Http11Requirer::~Http11Requirer() = default;

std::string Http11Requirer::baseUrl() const {
    return "https://127.0.0.1:" + std::to_string(impl_->port());
}

std::size_t Http11Requirer::http11Requests() const {
    return impl_->http11Requests;
}

}  // namespace applivery::mock
