#include "mock_server/tcp_relay.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace applivery::mock {
namespace {

void checkRelay(bool success, const char* step) {
    if (!success) throw std::system_error(errno, std::generic_category(), step);
}

sockaddr_in loopbackAddress(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

int makeSocket() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    checkRelay(socket >= 0, "socket");
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return socket;
}

bool sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

struct Pair {
    int client;
    int server;
    bool isMuted = false;
};

}  // namespace

class TcpRelay::Impl {
public:
    explicit Impl(int targetPort) : targetPort_(targetPort), listener_(makeSocket()) {
        sockaddr_in address = loopbackAddress(0);
        socklen_t length = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        checkRelay(::bind(listener_, generic, length) == 0, "bind");
        checkRelay(::listen(listener_, 64) == 0, "listen");
        checkRelay(::getsockname(listener_, generic, &length) == 0, "getsockname");
        port_ = ntohs(address.sin_port);
        checkRelay(::pipe(wakeUp_.data()) == 0, "pipe");
        thread_ = std::thread([this] { run(); });
    }

    ~Impl() {
        ::close(wakeUp_[1]);
        thread_.join();
        for (const Pair& pair : pairs_) close(pair);
        ::close(wakeUp_[0]);
        ::close(listener_);
    }

    [[nodiscard]] int port() const noexcept { return port_; }

    void mute() {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (Pair& pair : pairs_) pair.isMuted = true;
    }

    [[nodiscard]] std::size_t connectionCount() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return accepted_;
    }

    [[nodiscard]] bool waitUntilMutedAreClosed(std::chrono::milliseconds timeout) const {
        std::unique_lock<std::mutex> lock(mutex_);
        return closed_.wait_for(lock, timeout, [&] {
            return std::none_of(pairs_.begin(), pairs_.end(), [](const Pair& pair) { return pair.isMuted; });
        });
    }

private:
    // Whoever mutes connections must not wait for the poll: a muted server side is polled and left unread.
    void run() {
        while (true) {
            std::vector<pollfd> events{{wakeUp_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
            {
                const std::lock_guard<std::mutex> lock(mutex_);
                for (const Pair& pair : pairs_) {
                    events.push_back({pair.client, POLLIN, 0});
                    events.push_back({pair.isMuted ? -1 : pair.server, POLLIN, 0});
                }
            }
            if (::poll(events.data(), events.size(), -1) < 0 && errno != EINTR) return;
            if (events[0].revents != 0) return;
            const std::lock_guard<std::mutex> lock(mutex_);
            auto event = events.begin() + 2;
            for (auto pair = pairs_.begin(); pair != pairs_.end();) {
                const bool fromClient = (event++)->revents != 0;
                const bool fromServer = (event++)->revents != 0;
                const auto current = pair++;
                if (!pass(*current, fromClient, fromServer)) forget(current);
            }
            if (events[1].revents != 0) accept();
        }
    }

    // False if the pair has ended.
    static bool pass(const Pair& pair, bool fromClient, bool fromServer) {
        if (fromClient && !pass(pair.client, pair.isMuted ? -1 : pair.server)) return false;
        return !fromServer || pair.isMuted || pass(pair.server, pair.client);
    }

    // Passes on what has arrived; -1 drops it.
    static bool pass(int from, int to) {
        std::array<char, 65'536> bytes{};
        const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
        return count > 0 && (to < 0 || sendAll(to, {bytes.data(), static_cast<std::size_t>(count)}));
    }

    void accept() {
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) return;
        const int server = makeSocket();
        const sockaddr_in address = loopbackAddress(targetPort_);
        ++accepted_;
        pairs_.push_back({client, server});
        if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            forget(std::prev(pairs_.end()));
        }
    }

    void forget(std::list<Pair>::iterator pair) {
        close(*pair);
        pairs_.erase(pair);
        closed_.notify_all();
    }

    static void close(const Pair& pair) {
        ::close(pair.client);
        ::close(pair.server);
    }

    const int targetPort_;
    const int listener_;
    int port_ = 0;
    std::array<int, 2> wakeUp_{-1, -1};
    mutable std::mutex mutex_;
    mutable std::condition_variable closed_;
    std::list<Pair> pairs_;     // guarded by mutex_
    std::size_t accepted_ = 0;  // guarded by mutex_
    std::thread thread_;
};

TcpRelay::TcpRelay(int targetPort) : impl_(std::make_unique<Impl>(targetPort)) {}

TcpRelay::~TcpRelay() = default;

int TcpRelay::port() const noexcept {
    return impl_->port();
}

void TcpRelay::mute() {
    impl_->mute();
}

std::size_t TcpRelay::connectionCount() const {
    return impl_->connectionCount();
}

bool TcpRelay::waitUntilMutedAreClosed(std::chrono::milliseconds timeout) const {
    return impl_->waitUntilMutedAreClosed(timeout);
}

}  // namespace applivery::mock
