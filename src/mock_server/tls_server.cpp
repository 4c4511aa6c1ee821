#include "mock_server/tls_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <list>
#include <netinet/in.h>
#include <stdexcept>
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

void checkTls(bool success, const char* step) {
    if (!success) throw std::runtime_error(std::string("TlsServer: ") + step);
}

// OpenSSL raises it if the client has closed the connection.
void blockBrokenPipe() {
    sigset_t brokenPipe;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
}

// Lets the client read the last alert: to close a connection with unread bytes would reset it.
void closeInOrder(int socket) {
    ::shutdown(socket, SHUT_WR);
    std::array<char, 1024> bytes{};
    while (::recv(socket, bytes.data(), bytes.size(), 0) > 0) {
    }
}

}  // namespace

class TlsServer::Impl {
public:
    Impl(const SetUp& setUp, Handler handler, const TestCertificates& certificates)
        : handler_(std::move(handler)), context_(SSL_CTX_new(TLS_server_method())) {
        checkTls(context_ != nullptr, "no TLS");
        const std::string certificate = certificates.serverCertFile();
        const std::string key = certificates.serverKeyFile();
        checkTls(SSL_CTX_use_certificate_file(context_.get(), certificate.c_str(), SSL_FILETYPE_PEM) == 1 &&
                     SSL_CTX_use_PrivateKey_file(context_.get(), key.c_str(), SSL_FILETYPE_PEM) == 1,
                 "no certificate");
        setUp(context_.get());
        listen();
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

private:
    struct Worker {
        int socket;
        std::thread thread{};
    };

    void listen() {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        socklen_t length = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        checkTls(::bind(listener_, generic, length) == 0 && ::listen(listener_, 64) == 0 &&
                     ::getsockname(listener_, generic, &length) == 0,
                 "cannot listen");
        port_ = ntohs(address.sin_port);
    }

    void accept() {
        while (true) {
            const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0) return;
            Worker& worker = workers_.emplace_back(Worker{socket});
            worker.thread = std::thread([this, socket] { serve(socket); });
        }
    }

    void serve(int socket) {
        blockBrokenPipe();
        const std::unique_ptr<SSL, FreeTls> tls(SSL_new(context_.get()));
        if (tls && SSL_set_fd(tls.get(), socket) == 1 && SSL_accept(tls.get()) == 1 && handler_) handler_(tls.get());
        closeInOrder(socket);
    }

    const Handler handler_;
    const std::unique_ptr<SSL_CTX, FreeTls> context_;
    int listener_ = -1;
    int port_ = 0;
    std::list<Worker> workers_;  // the acceptor's until it has ended
    std::thread acceptor_;
};

TlsServer::TlsServer(const SetUp& setUp, Handler handler)
    : impl_(std::make_unique<Impl>(setUp, std::move(handler), certificates_)) {}

TlsServer::~TlsServer() = default;

std::string TlsServer::baseUrl() const {
    return "https://127.0.0.1:" + std::to_string(impl_->port());
}

TlsServer::SetUp requiringClientCertificates() {
    return [](SSL_CTX* context) {
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    };
}

TlsServer::SetUp speakingOldTls() {
    return [](SSL_CTX* context) {
        checkTls(SSL_CTX_set_cipher_list(context, "DEFAULT:@SECLEVEL=0") == 1 &&
                     SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
                     SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION) == 1,
                 "no old TLS");
    };
}

}  // namespace applivery::mock
