#include "fault_injection.hpp"

#include "mock_server/connection_handlers.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery::mock {
namespace {

/// Counts the remaining faults of all connections.
class FaultCounter {
public:
    explicit FaultCounter(std::size_t count) : isEndless_(count == 0), left_(count) {}

    /// Uses a fault. @return whether a fault was left.
    bool take() {
        if (isEndless_) return true;
        std::size_t left = left_;
        while (left > 0 && !left_.compare_exchange_weak(left, left - 1)) continue;
        return left > 0;
    }
    std::size_t nextConnection() { return connections_++; }
    [[nodiscard]] bool isEndless() const noexcept { return isEndless_; }

private:
    const bool isEndless_;
    std::atomic<std::size_t> left_;
    std::atomic<std::size_t> connections_{0};
};

std::string toBytes(const ScriptedResponse& response, bool isHead) {
    std::string headers;
    for (const auto& [name, value] : response.headers) headers += name + ": " + value + "\r\n";
    std::string bytes = raw::response(response.status, response.body, headers);
    if (isHead) bytes.resize(bytes.size() - response.body.size());
    return bytes;
}

/// The connection on which a fault acts. Uses a fault when a request arrives that can fail, or when the fault acts
/// before any request. If no fault is left, responds to all requests and then reports the end of the connection to the
/// fault.
class FaultyConnection final : public Connection {
public:
    FaultyConnection(Connection& connection, const FaultInjection& injection, FaultCounter& faults)
        : connection_(connection), injection_(injection), faults_(faults) {}

    /// Counts only connections with a fault.
    [[nodiscard]] std::size_t index() const override { return index_.value_or(0); }

    std::optional<std::string> readRequestHead() override {
        if (index_ && !faults_.isEndless()) isOver_ = true;
        while (!isOver_) {
            auto head = connection_.readRequestHead();
            if (!head) break;
            const RecordedRequest request = parseRequestHead(*head);
            if (!injection_.bypasses(request) && takeFault()) {
                injection_.log(request);
                return head;
            }
            isOver_ = !respond(request);
        }
        isOver_ = true;
        return std::nullopt;
    }

    bool write(std::string_view bytes) override { return canAct() && connection_.write(bytes); }
    bool pause(std::chrono::milliseconds time) override { return !isOver_ && connection_.pause(time); }
    void waitForPeerOrStop() override {
        if (!isOver_) connection_.waitForPeerOrStop();
    }
    void close() override {
        if (canAct()) connection_.close();
    }
    void reset() override {
        if (canAct()) connection_.reset();
    }

private:
    bool takeFault() {
        if (!faults_.take()) return false;
        if (!index_) index_ = faults_.nextConnection();
        return true;
    }

    bool canAct() {
        if (!index_ && !isOver_ && !takeFault()) (void)readRequestHead();  // no fault is left: responds to all requests
        return !isOver_;
    }

    /// Responds to a request. @return whether another request can follow.
    bool respond(const RecordedRequest& request) {
        return connection_.pause(injection_.latency) &&
               connection_.write(toBytes(injection_.respond(request), request.method == "HEAD")) && !request.hasBody();
    }

    Connection& connection_;
    const FaultInjection& injection_;
    FaultCounter& faults_;
    std::optional<std::size_t> index_{};  // set by the first fault
    bool isOver_ = false;
};

}  // namespace

ConnectionHandler injectFaults(FaultInjection injection) {
    const auto faults = std::make_shared<FaultCounter>(injection.count);
    return [injection = std::move(injection), faults](Connection& connection) {
        FaultyConnection faulty(connection, injection, *faults);
        injection.fault(faulty);
    };
}

}  // namespace applivery::mock
