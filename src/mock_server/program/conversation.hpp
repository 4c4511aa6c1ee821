/// @file
/// The requests and responses on one connection of the program.
#pragma once

#include "faults.hpp"
#include "mock_server/raw_server.hpp"
#include "state.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Responds to the requests on a connection.
///
/// If a fault affects a request, the handler of the fault uses this object as its connection. The handler reads only
/// requests that its fault affects. The conversation responds to the requests between them.
class Conversation final : public Connection {
public:
    /// @param tls null without TLS.
    Conversation(Connection& connection, State& state, ssl_ctx_st* tls)
        : connection_(connection), state_(state), tls_(tls) {}

    /// Responds until the connection ends.
    void run();

    [[nodiscard]] std::size_t index() const override { return index_; }
    std::optional<char> firstByte() override { return connection_.firstByte(); }
    bool startTls(ssl_ctx_st* context) override { return connection_.startTls(context); }
    std::optional<std::string> readRequestHead() override;
    bool write(std::string_view bytes) override { return connection_.write(bytes); }
    bool pause(std::chrono::milliseconds time) override { return connection_.pause(time); }
    void waitForPeerOrStop() override { connection_.waitForPeerOrStop(); }
    void close() override { connection_.close(); }
    void reset() override { connection_.reset(); }

private:
    [[nodiscard]] bool beginTls();

    /// Responds to requests until a fault affects one. @return the head of that request.
    std::optional<std::string> respondUntilFault();
    [[nodiscard]] bool respond(const RecordedRequest& request, const std::string& head);
    [[nodiscard]] ScriptedResponse responseTo(const RecordedRequest& request);

    Connection& connection_;
    State& state_;
    ssl_ctx_st* const tls_;
    bool isPlainTextForTls_ = false;
    std::shared_ptr<ActiveFault> fault_;     // the fault whose handler runs
    std::optional<std::string> faultyHead_;  // a request for the next handler
    std::size_t index_ = 0;                  // of this connection among those with the fault
};

}  // namespace applivery::mock
