#include "server.hpp"

#include "conversation.hpp"
#include "mock_server/socket.hpp"

#include <stdexcept>
#include <system_error>

namespace applivery::mock {

Server::Server(const ProgramOptions& options) : state_(options) {
    if (options.tls) {
        certificates_.emplace();
        tls_ = makeServerContext(certificates_->serverCertFile(), certificates_->serverKeyFile());
    }
    RawServerOptions rawOptions;
    rawOptions.recordsHeads = false;
    rawOptions.port = options.port;
    const auto converse = [this](Connection& connection) { Conversation(connection, state_, tls_.get()).run(); };
    try {
        connections_.emplace(converse, rawOptions);
    } catch (const std::system_error& error) {
        throw std::runtime_error(std::string(error.what()) + ". Choose another --port, or --port 0 for a free one");
    }
}

std::string Server::baseUrl() const {
    return loopbackUrl(tls_ ? "https" : "http", connections_->port());
}

}  // namespace applivery::mock
