#include "mock_server/raw_server.hpp"

#include "mock_server/byte_stream.hpp"
#include "mock_server/http_message.hpp"
#include "mock_server/socket.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <list>
#include <mutex>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <utility>

namespace applivery::mock {
namespace {

/// State that the connections of a server share.
struct SharedState {
    std::mutex mutex{};
    std::condition_variable changed{};
    bool stopping = false;
    std::size_t connections = 0;
    std::size_t connectionsWithData = 0;
    bool recordsHeads = true;
    std::vector<std::string> heads{};

    template <class Condition>
    [[nodiscard]] bool waitFor(std::chrono::milliseconds timeout, Condition condition) {
        std::unique_lock<std::mutex> lock(mutex);
        return changed.wait_for(lock, timeout, [&] { return condition(*this); });
    }
};

// Returns the length of the body that a head announces.
std::size_t bodyLengthOf(const std::string& head) {
    const std::string text = parseRequestHead(head).header("Content-Length").value_or("0");
    std::size_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
}

class SocketConnection final : public Connection {
public:
    SocketConnection(FileDescriptor socket, std::size_t index, SharedState& shared)
        : stream_(std::move(socket)), index_(index), shared_(shared) {}

    [[nodiscard]] std::size_t index() const override { return index_; }

    std::optional<char> firstByte() override { return stream_.firstByte(); }

    bool startTls(ssl_ctx_st* context) override { return stream_.startTls(context); }

    std::optional<std::string> readRequestHead() override {
        constexpr std::string_view end = "\r\n\r\n";
        constexpr std::size_t maxHeadSize = std::size_t{256} << 10U;
        if (!skipBody()) return std::nullopt;
        std::size_t endPosition = buffer_.find(end);
        while (endPosition == std::string::npos) {
            const std::size_t searched = buffer_.size() - std::min(buffer_.size(), end.size() - 1);
            if (buffer_.size() > maxHeadSize || !receive()) return std::nullopt;
            endPosition = buffer_.find(end, searched);
        }
        std::string head = buffer_.substr(0, endPosition + end.size());
        buffer_.erase(0, head.size());
        remainingBody_ = bodyLengthOf(head);
        if (shared_.recordsHeads) record(head);
        return head;
    }

    bool write(std::string_view bytes) override { return stream_.send(bytes); }

    bool pause(std::chrono::milliseconds time) override {
        std::unique_lock<std::mutex> lock(shared_.mutex);
        return !shared_.changed.wait_for(lock, time, [this] { return shared_.stopping; });
    }

    void waitForPeerOrStop() override {
        while (receive()) buffer_.clear();
    }

    void close() override { stream_.close(); }

    void reset() override { stream_.reset(); }

    /// Ends the connection from another thread.
    void interrupt() { stream_.interrupt(); }

private:
    bool skipBody() {
        while (remainingBody_ > 0) {
            if (buffer_.empty() && !receive()) return false;
            const std::size_t skipped = std::min(remainingBody_, buffer_.size());
            buffer_.erase(0, skipped);
            remainingBody_ -= skipped;
        }
        return true;
    }

    void record(const std::string& head) {
        const std::lock_guard<std::mutex> lock(shared_.mutex);
        shared_.heads.push_back(head);
        shared_.changed.notify_all();
    }

    void countConnectionWithData() {
        if (std::exchange(hasData_, true)) return;
        const std::lock_guard<std::mutex> lock(shared_.mutex);
        ++shared_.connectionsWithData;
        shared_.changed.notify_all();
    }

    bool receive() {
        if (!stream_.receive(buffer_)) return false;
        countConnectionWithData();
        return true;
    }

    ByteStream stream_;
    std::size_t index_;
    SharedState& shared_;
    bool hasData_ = false;
    std::size_t remainingBody_ = 0;  // bytes of the body of the last request that were not read
    std::string buffer_;
};

}  // namespace

class RawServer::Impl {
public:
    Impl(ConnectionHandler handler, RawServerOptions options)
        : handler_(std::move(handler)), listener_(listenOnLoopback(512, options.port)), wakeUp_(makePipe()) {
        shared.recordsHeads = options.recordsHeads;
        acceptor_ = std::thread([this] { acceptUntilWoken(); });
    }

    ~Impl() {
        {
            const std::lock_guard<std::mutex> lock(shared.mutex);
            shared.stopping = true;
            shared.changed.notify_all();
        }
        wakeUp_.writer.reset();
        acceptor_.join();
        for (Worker& worker : workers_) worker.connection.interrupt();
        for (Worker& worker : workers_) worker.thread.join();
    }

    [[nodiscard]] int port() const noexcept { return listener_.port; }

    SharedState shared{};

private:
    struct Worker {
        Worker(FileDescriptor socket, std::size_t index, SharedState& shared)
            : connection(std::move(socket), index, shared) {}
        SocketConnection connection;
        std::thread thread{};
        std::atomic<bool> hasEnded{false};
    };

    void acceptUntilWoken() {
        while (true) {
            std::array<pollfd, 2> events{pollfd{listener_.socket.get(), POLLIN, 0},
                                         pollfd{wakeUp_.reader.get(), POLLIN, 0}};
            if (::poll(events.data(), events.size(), -1) < 0 && errno != EINTR) return;
            if (events[1].revents != 0) return;
            if (events[0].revents != 0) acceptOne();
        }
    }

    void acceptOne() {
        FileDescriptor socket = acceptConnection(listener_);
        if (socket.get() < 0) return;
        removeEnded();
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

    void removeEnded() {
        workers_.remove_if([](Worker& worker) {
            const bool hasEnded = worker.hasEnded;  // read once: a worker is removed only after its thread was joined
            if (hasEnded) worker.thread.join();
            return hasEnded;
        });
    }

    ConnectionHandler handler_;
    Listener listener_;
    Pipe wakeUp_;                // closing the writer ends the acceptor
    std::list<Worker> workers_;  // used by the acceptor's thread until that thread has ended
    std::thread acceptor_;
};

RawServer::RawServer(ConnectionHandler handler, RawServerOptions options)
    : impl_(std::make_unique<Impl>(std::move(handler), options)) {}

RawServer::~RawServer() = default;

std::string RawServer::baseUrl() const {
    return loopbackUrl("http", port());
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
    return impl_->shared.waitFor(timeout, [&](const SharedState& shared) { return shared.heads.size() >= count; });
}

bool RawServer::waitForConnections(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->shared.waitFor(timeout, [&](const SharedState& shared) { return shared.connections >= count; });
}

bool RawServer::waitForFirstBytes(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->shared.waitFor(timeout,
                                 [&](const SharedState& shared) { return shared.connectionsWithData >= count; });
}

}  // namespace applivery::mock
