#include "mock_server/tls_server.hpp"

#include "mock_server/openssl.hpp"
#include "mock_server/socket.hpp"

#include <array>
#include <list>
#include <sys/socket.h>
#include <thread>
#include <utility>

namespace applivery::mock {
namespace {

// Reads all bytes first: closing a socket with unread bytes resets the connection, and the client may miss the alert.
void shutDownGracefully(int socket) {
    ::shutdown(socket, SHUT_WR);
    std::array<char, 1024> bytes{};
    while (::recv(socket, bytes.data(), bytes.size(), 0) > 0) {
    }
}

}  // namespace

class TlsServer::Impl {
public:
    Impl(const Configure& configure, Handler handler, const TestCertificates& certificates)
        : handler_(std::move(handler)),
          context_(makeServerContext(certificates.serverCertFile(), certificates.serverKeyFile())),
          listener_(listenOnLoopback(64)) {
        configure(context_.get());
        acceptor_ = std::thread([this] { accept(); });
    }

    ~Impl() {
        ::shutdown(listener_.socket.get(), SHUT_RDWR);
        acceptor_.join();
        for (Worker& worker : workers_) ::shutdown(worker.socket.get(), SHUT_RDWR);
        for (Worker& worker : workers_) worker.thread.join();
    }

    [[nodiscard]] int port() const noexcept { return listener_.port; }

private:
    struct Worker {
        FileDescriptor socket;
        std::thread thread{};
    };

    void accept() {
        while (true) {
            FileDescriptor socket = acceptConnection(listener_);
            if (socket.get() < 0) return;
            Worker& worker = workers_.emplace_back(Worker{std::move(socket)});
            worker.thread = std::thread([this, number = worker.socket.get()] { serve(number); });
        }
    }

    void serve(int socket) {
        blockSigpipe();
        const TlsConnection tls(SSL_new(context_.get()));
        if (tls && SSL_set_fd(tls.get(), socket) == 1 && SSL_accept(tls.get()) == 1 && handler_) handler_(tls.get());
        shutDownGracefully(socket);
    }

    const Handler handler_;
    const ServerContext context_;
    const Listener listener_;
    std::list<Worker> workers_;  // used by the acceptor's thread until that thread has ended
    std::thread acceptor_;
};

TlsServer::TlsServer(const Configure& configure, Handler handler)
    : impl_(std::make_unique<Impl>(configure, std::move(handler), certificates_)) {}

TlsServer::~TlsServer() = default;

std::string TlsServer::baseUrl() const {
    return loopbackUrl("https", impl_->port());
}

TlsServer::Configure requireClientCertificates() {
    return [](SSL_CTX* context) {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    };
}

TlsServer::Configure offerOnlyOldTls() {
    return [](SSL_CTX* context) {
        checkOpenSsl(SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0") == 1 &&
                         SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
                         SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION) == 1,
                     "enabling TLS 1.1");
    };
}

}  // namespace applivery::mock
