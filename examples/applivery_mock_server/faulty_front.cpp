#include "faulty_front.hpp"

#include "mock_server/raw_behaviours.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery::mock {
namespace {

/// A connection on which one request comes at most.
class OneRequest final : public Connection {
public:
    explicit OneRequest(Connection& connection) : connection_(connection) {}

    [[nodiscard]] std::size_t index() const override { return connection_.index(); }
    std::optional<std::string> readRequestHead() override {
        return std::exchange(isSpent_, true) ? std::nullopt : connection_.readRequestHead();
    }
    bool write(std::string_view bytes) override { return connection_.write(bytes); }
    bool pause(std::chrono::milliseconds time) override { return connection_.pause(time); }
    void waitForPeerOrStop() override { connection_.waitForPeerOrStop(); }
    void close() override { connection_.close(); }
    void closeHard() override { connection_.closeHard(); }

private:
    Connection& connection_;
    bool isSpent_ = false;
};

std::string bytesOf(const ScriptedAnswer& answer, bool isHead) {
    std::string headers;
    for (const auto& [name, value] : answer.headers) headers += name + ": " + value + "\r\n";
    std::string bytes = raw::answer(answer.status, answer.body, headers);
    if (isHead) bytes.resize(bytes.size() - answer.body.size());
    return bytes;
}

}  // namespace

ConnectionHandler faultThenAnswers(ConnectionHandler fault, std::size_t count, std::chrono::milliseconds latency,
                                   std::function<ScriptedAnswer(const RecordedRequest&)> answer) {
    if (count == 0) return fault;
    const auto left = std::make_shared<std::atomic<std::size_t>>(count);
    const auto takesOne = [left] {
        std::size_t seen = *left;
        while (seen > 0 && !left->compare_exchange_weak(seen, seen - 1)) continue;
        return seen > 0;
    };
    return [fault = std::move(fault), takesOne, latency, answer = std::move(answer)](Connection& connection) {
        if (takesOne()) {
            OneRequest request(connection);
            return fault(request);
        }
        while (const auto head = connection.readRequestHead()) {
            const RecordedRequest request = parseHead(*head);
            if (!connection.pause(latency)) return;
            if (!connection.write(bytesOf(answer(request), request.method == "HEAD")) || request.hasBody()) return;
        }
    };
}

}  // namespace applivery::mock
