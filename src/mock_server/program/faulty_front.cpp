#include "faulty_front.hpp"

#include "mock_server/raw_behaviours.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery::mock {
namespace {

/// How many faults are left, for all connections.
class Faults {
public:
    explicit Faults(std::size_t count) : isEndless_(count == 0), left_(count) {}

    bool takeOne() {
        if (isEndless_) return true;
        std::size_t seen = left_;
        while (seen > 0 && !left_.compare_exchange_weak(seen, seen - 1)) continue;
        return seen > 0;
    }
    std::size_t nextConnection() { return connections_++; }
    [[nodiscard]] bool isEndless() const noexcept { return isEndless_; }

private:
    const bool isEndless_;
    std::atomic<std::size_t> left_;
    std::atomic<std::size_t> connections_{0};
};

std::string bytesOf(const ScriptedAnswer& answer, bool isHead) {
    std::string headers;
    for (const auto& [name, value] : answer.headers) headers += name + ": " + value + "\r\n";
    std::string bytes = raw::answer(answer.status, answer.body, headers);
    if (isHead) bytes.resize(bytes.size() - answer.body.size());
    return bytes;
}

/// What the fault sees of a connection: requests that it may have. One is taken for it when such a request has come, or
/// when it acts before any has; where none is left, the connection is answered to its end, and the fault sees that end.
class FaultyConnection final : public Connection {
public:
    FaultyConnection(Connection& connection, const FaultyFront& front, Faults& faults)
        : connection_(connection), front_(front), faults_(faults) {}

    /// Counts those to which the fault was done.
    [[nodiscard]] std::size_t index() const override { return index_.value_or(0); }

    std::optional<std::string> readRequestHead() override {
        if (index_ && !faults_.isEndless()) isOver_ = true;
        while (!isOver_) {
            auto head = connection_.readRequestHead();
            if (!head) break;
            const RecordedRequest request = parseHead(*head);
            if (!front_.passes(request) && takesOne()) {
                front_.tell(request);
                return head;
            }
            isOver_ = !answer(request);
        }
        isOver_ = true;
        return std::nullopt;
    }

    bool write(std::string_view bytes) override { return mayAct() && connection_.write(bytes); }
    bool pause(std::chrono::milliseconds time) override { return !isOver_ && connection_.pause(time); }
    void waitForPeerOrStop() override {
        if (!isOver_) connection_.waitForPeerOrStop();
    }
    void close() override {
        if (mayAct()) connection_.close();
    }
    void closeHard() override {
        if (mayAct()) connection_.closeHard();
    }

private:
    bool takesOne() {
        if (!faults_.takeOne()) return false;
        if (!index_) index_ = faults_.nextConnection();
        return true;
    }

    bool mayAct() {
        if (!index_ && !isOver_ && !takesOne()) (void)readRequestHead();  // none is left for it: that answers all
        return !isOver_;
    }

    /// Whether another request may follow.
    bool answer(const RecordedRequest& request) {
        return connection_.pause(front_.latency) &&
               connection_.write(bytesOf(front_.answer(request), request.method == "HEAD")) && !request.hasBody();
    }

    Connection& connection_;
    const FaultyFront& front_;
    Faults& faults_;
    std::optional<std::size_t> index_{};  // once the fault is done to it
    bool isOver_ = false;
};

}  // namespace

ConnectionHandler faultThenAnswers(FaultyFront front) {
    const auto faults = std::make_shared<Faults>(front.count);
    return [front = std::move(front), faults](Connection& connection) {
        FaultyConnection faulty(connection, front, *faults);
        front.fault(faulty);
    };
}

}  // namespace applivery::mock
