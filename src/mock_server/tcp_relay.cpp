#include "mock_server/tcp_relay.hpp"

#include "mock_server/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <vector>

namespace applivery::mock {
namespace {

/// The connection of a client, and the relay's own connection to the server.
struct Pair {
    FileDescriptor client;
    FileDescriptor server;
    bool isMuted = false;
};

}  // namespace

class TcpRelay::Impl {
public:
    explicit Impl(int targetPort) : targetPort_(targetPort), listener_(listenOnLoopback(64)), wakeUp_(makePipe()) {
        thread_ = std::thread([this] { run(); });
    }

    ~Impl() {
        wakeUp_.writer.reset();
        thread_.join();
    }

    [[nodiscard]] int port() const noexcept { return listener_.port; }

    void mute() {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (Pair& pair : pairs_) pair.isMuted = true;
    }

    [[nodiscard]] std::size_t connectionCount() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return accepted_;
    }

    [[nodiscard]] bool waitUntilMutedConnectionsClose(std::chrono::milliseconds timeout) const {
        std::unique_lock<std::mutex> lock(mutex_);
        return closed_.wait_for(lock, timeout, [&] {
            return std::none_of(pairs_.begin(), pairs_.end(), [](const Pair& pair) { return pair.isMuted; });
        });
    }

private:
    // Passes on bytes until the destructor closes the pipe.
    //
    // mute() does not wake up poll(). If a connection is muted during poll(), the server's data may be reported, and
    // pass() does not read the data.
    void run() {
        while (true) {
            std::vector<pollfd> events{{wakeUp_.reader.get(), POLLIN, 0}, {listener_.socket.get(), POLLIN, 0}};
            {
                const std::lock_guard<std::mutex> lock(mutex_);
                for (const Pair& pair : pairs_) {
                    events.push_back({pair.client.get(), POLLIN, 0});
                    events.push_back({pair.isMuted ? -1 : pair.server.get(), POLLIN, 0});  // poll() ignores -1
                }
            }
            if (::poll(events.data(), static_cast<nfds_t>(events.size()), -1) < 0 && errno != EINTR) return;
            if (events[0].revents != 0) return;
            const std::lock_guard<std::mutex> lock(mutex_);
            auto event = events.begin() + 2;
            for (auto pair = pairs_.begin(); pair != pairs_.end();) {
                const bool fromClient = (event++)->revents != 0;
                const bool fromServer = (event++)->revents != 0;
                const auto current = pair++;
                if (!pass(*current, fromClient, fromServer)) remove(current);
            }
            if (events[1].revents != 0) accept();
        }
    }

    /// Passes on the bytes that the two sides have sent. Returns whether both connections are still open.
    static bool pass(const Pair& pair, bool fromClient, bool fromServer) {
        const int client = pair.client.get();
        const int server = pair.server.get();
        if (fromClient && !pass(client, pair.isMuted ? -1 : server)) return false;
        return !fromServer || pair.isMuted || pass(server, client);
    }

    /// Passes on the bytes that have arrived, or drops them if `to` is -1. Returns whether both connections are open.
    static bool pass(int from, int to) {
        std::array<char, 65'536> bytes{};
        const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
        return count > 0 && (to < 0 || sendAll(to, {bytes.data(), static_cast<std::size_t>(count)}));
    }

    void accept() {
        FileDescriptor client = acceptConnection(listener_);
        if (client.get() < 0) return;
        FileDescriptor server = openTcpSocket();
        setNoDelay(client.get());
        setNoDelay(server.get());
        ++accepted_;
        if (!connectToLoopback(server.get(), targetPort_)) return;
        pairs_.push_back({std::move(client), std::move(server)});
    }

    void remove(std::list<Pair>::iterator pair) {
        pairs_.erase(pair);
        closed_.notify_all();
    }

    const int targetPort_;
    Listener listener_;
    Pipe wakeUp_;  // closing the writer ends the thread
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

bool TcpRelay::waitUntilMutedConnectionsClose(std::chrono::milliseconds timeout) const {
    return impl_->waitUntilMutedConnectionsClose(timeout);
}

}  // namespace applivery::mock
