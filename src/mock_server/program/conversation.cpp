#include "conversation.hpp"

#include "mock_server/responses.hpp"
#include "own_routes.hpp"
#include "response_bytes.hpp"

#include <utility>

namespace applivery::mock {

void Conversation::run() {
    if (tls_ != nullptr && !beginTls()) return;
    faultyHead_ = respondUntilFault();
    while (faultyHead_) {
        index_ = fault_->connections++;
        const std::shared_ptr<ActiveFault> fault = fault_;  // the handler may replace fault_
        fault->rule.fault.handler(*this);
        if (fault_ == fault) return;  // otherwise, another fault affects the last request that the handler read
    }
}

// A client can also use the routes of the program without TLS, so that a fault of the handshake can be removed.
bool Conversation::beginTls() {
    constexpr char handshake = 0x16;
    const std::optional<char> first = connection_.firstByte();
    if (!first) return false;
    isPlainTextForTls_ = *first != handshake;
    if (isPlainTextForTls_) return true;
    if (const auto fault = state_.faults().takeForHandshake()) {
        fault->rule.fault.handler(connection_);
        return false;
    }
    return connection_.startTls(tls_);
}

std::optional<std::string> Conversation::readRequestHead() {
    if (faultyHead_) return std::exchange(faultyHead_, std::nullopt);
    if (fault_->rule.count != 0) return std::nullopt;  // the connection ends with a limited fault
    const std::shared_ptr<ActiveFault> fault = fault_;
    std::optional<std::string> head = respondUntilFault();
    if (fault_ == fault) return head;
    faultyHead_ = std::move(head);
    return std::nullopt;
}

std::optional<std::string> Conversation::respondUntilFault() {
    while (std::optional<std::string> head = connection_.readRequestHead()) {
        const RecordedRequest request = parseRequestHead(*head);
        const bool canFail = !isOwn(request) && !isPlainTextForTls_;
        if (auto fault = canFail ? state_.faults().takeFor(request) : nullptr) {
            state_.logFault(request, fault->rule.fault);
            fault_ = std::move(fault);
            return head;
        }
        if (!respond(request, *head)) break;
    }
    return std::nullopt;
}

bool Conversation::respond(const RecordedRequest& request, const std::string& head) {
    ScriptedResponse response = responseTo(request);
    if (!connection_.pause(response.delay)) return false;
    const ResponseBytes bytes = toBytes(std::move(response), request, head);
    return connection_.write(bytes.bytes) && !bytes.endsConnection;
}

ScriptedResponse Conversation::responseTo(const RecordedRequest& request) {
    if (isOwn(request)) return ownResponse(state_, request);
    if (isPlainTextForTls_) return apiError(400, 1001, "This port serves HTTPS. Only /mock/ also serves HTTP");
    ScriptedResponse response = state_.respond(request);
    response.delay += state_.latency();
    return response;
}

}  // namespace applivery::mock
