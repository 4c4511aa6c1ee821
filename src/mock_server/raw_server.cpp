#include "mock_server/raw_server.hpp"

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace applivery::mock {
namespace {

class Descriptor {
public:
    explicit Descriptor(int number = -1) noexcept : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const noexcept { return number_; }
    void reset() noexcept {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

void checkCall(bool success, const char* step) {
    if (!success) throw std::system_error(errno, std::generic_category(), step);
}

/// What the connections of a server share.
struct Shared {
    std::mutex mutex{};
    std::condition_variable changed{};
    bool stopping = false;
    std::size_t connections = 0;
    std::size_t connectionsThatSpoke = 0;
    bool recordsHeads = true;
    std::vector<std::string> heads{};

    template <class Condition>
    [[nodiscard]] bool waitFor(std::chrono::milliseconds timeout, Condition holds) {
        std::unique_lock<std::mutex> lock(mutex);
        return changed.wait_for(lock, timeout, [&] { return holds(*this); });
    }
};

class SocketConnection final : public Connection {
public:
    SocketConnection(Descriptor socket, std::size_t index, Shared& shared)
        : socket_(std::move(socket)), index_(index), shared_(shared) {
        const int yes = 1;
        ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }

    [[nodiscard]] std::size_t index() const override { return index_; }

    std::optional<std::string> readRequestHead() override {
        constexpr std::string_view end = "\r\n\r\n";
        std::size_t found = buffer_.find(end);
        while (found == std::string::npos) {
            if (!receive()) return std::nullopt;
            found = buffer_.find(end);
        }
        std::string head = buffer_.substr(0, found + end.size());
        buffer_.erase(0, head.size());
        if (shared_.recordsHeads) record(head);
        return head;
    }

    bool write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    bool pause(std::chrono::milliseconds time) override {
        std::unique_lock<std::mutex> lock(shared_.mutex);
        return !shared_.changed.wait_for(lock, time, [this] { return shared_.stopping; });
    }

    void waitForPeerOrStop() override {
        while (receive()) buffer_.clear();
    }

    void close() override {
        const std::lock_guard<std::mutex> lock(mutex_);
        socket_.reset();
    }

    void closeHard() override {
        const linger none{1, 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
        close();
    }

    /// Ends the connection from another thread; the descriptor stays the handler's thread's to close.
    void interrupt() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (socket_.get() >= 0) ::shutdown(socket_.get(), SHUT_RDWR);
    }

private:
    void record(const std::string& head) {
        const std::lock_guard<std::mutex> lock(shared_.mutex);
        shared_.heads.push_back(head);
        shared_.changed.notify_all();
    }

    void countFirstBytes() {
        if (std::exchange(hasSpoken_, true)) return;
        const std::lock_guard<std::mutex> lock(shared_.mutex);
        ++shared_.connectionsThatSpoke;
        shared_.changed.notify_all();
    }

    bool receive() {
        std::array<char, 4096> bytes{};
        ssize_t count = -1;
        do count = ::recv(socket_.get(), bytes.data(), bytes.size(), 0);
        while (count < 0 && errno == EINTR);
        if (count <= 0) return false;
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
        countFirstBytes();
        return true;
    }

    std::mutex mutex_;  // guards the life of the descriptor
    Descriptor socket_;
    std::size_t index_;
    Shared& shared_;
    bool hasSpoken_ = false;
    std::string buffer_;
};

}  // namespace

class RawServer::Impl {
public:
    Impl(ConnectionHandler handler, RawServerOptions options) : handler_(std::move(handler)) {
        shared.recordsHeads = options.recordsHeads;
        listen(options.port);
        std::array<int, 2> ends{};
        checkCall(::pipe(ends.data()) == 0, "pipe");
        wakeReader_ = Descriptor(ends[0]);
        wakeWriter_ = Descriptor(ends[1]);
        acceptor_ = std::thread([this] { acceptUntilWoken(); });
    }

    ~Impl() {
        {
            const std::lock_guard<std::mutex> lock(shared.mutex);
            shared.stopping = true;
            shared.changed.notify_all();
        }
        wakeWriter_.reset();
        acceptor_.join();
        for (Worker& worker : workers_) worker.connection.interrupt();
        for (Worker& worker : workers_) worker.thread.join();
    }

    [[nodiscard]] int port() const noexcept { return port_; }

    Shared shared{};

private:
    struct Worker {
        Worker(Descriptor socket, std::size_t index, Shared& shared) : connection(std::move(socket), index, shared) {}
        SocketConnection connection;
        std::thread thread{};
        std::atomic<bool> hasEnded{false};
    };

    void listen(int port) {
        sockaddr_in address{};
        socklen_t length = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        listener_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        checkCall(listener_.get() >= 0, "socket");
        const int yes = 1;  // a port that was used a moment ago
        ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        checkCall(::bind(listener_.get(), generic, length) == 0,
                  ("cannot listen on 127.0.0.1:" + std::to_string(port)).c_str());
        checkCall(::listen(listener_.get(), 512) == 0, "listen");
        checkCall(::getsockname(listener_.get(), generic, &length) == 0, "getsockname");
        port_ = ntohs(address.sin_port);
    }

    void acceptUntilWoken() {
        while (true) {
            std::array<pollfd, 2> events{pollfd{listener_.get(), POLLIN, 0}, pollfd{wakeReader_.get(), POLLIN, 0}};
            if (::poll(events.data(), events.size(), -1) < 0 && errno != EINTR) return;
            if (events[1].revents != 0) return;
            if (events[0].revents != 0) acceptOne();
        }
    }

    void acceptOne() {
        Descriptor socket(::accept(listener_.get(), nullptr, nullptr));
        if (socket.get() < 0) return;
        forgetEnded();
        Worker& worker = workers_.emplace_back(std::move(socket), countConnection(), shared);
        worker.thread = std::thread([this, &worker] {
            handler_(worker.connection);
            worker.connection.close();
            worker.hasEnded = true;
        });
    }

    std::size_t countConnection() {
        const std::lock_guard<std::mutex> lock(shared.mutex);
        shared.changed.notify_all();
        return shared.connections++;
    }

    void forgetEnded() {
        workers_.remove_if([](Worker& worker) {
            const bool hasEnded = worker.hasEnded;  // read once: a thread that was not joined must not be removed
            if (hasEnded) worker.thread.join();
            return hasEnded;
        });
    }

    ConnectionHandler handler_;
    Descriptor listener_;
    Descriptor wakeReader_;
    Descriptor wakeWriter_;
    int port_ = 0;
    std::list<Worker> workers_;  // the acceptor's until it has ended
    std::thread acceptor_;
};

RawServer::RawServer(ConnectionHandler handler, RawServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(handler), options)) {}

RawServer::~RawServer() = default;

std::string RawServer::baseUrl() const {
    return "http://127.0.0.1:" + std::to_string(port());
}

int RawServer::port() const noexcept {
    return impl_->port();
}

std::size_t RawServer::connectionCount() const {
    const std::lock_guard<std::mutex> lock(impl_->shared.mutex);
    return impl_->shared.connections;
}

std::vector<std::string> RawServer::requestHeads() const {
    const std::lock_guard<std::mutex> lock(impl_->shared.mutex);
    return impl_->shared.heads;
}

bool RawServer::waitForRequests(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->shared.waitFor(timeout, [&](const Shared& shared) { return shared.heads.size() >= count; });
}

bool RawServer::waitForConnections(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->shared.waitFor(timeout, [&](const Shared& shared) { return shared.connections >= count; });
}

bool RawServer::waitForFirstBytes(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->shared.waitFor(timeout, [&](const Shared& shared) { return shared.connectionsThatSpoke >= count; });
}

}  // namespace applivery::mock
