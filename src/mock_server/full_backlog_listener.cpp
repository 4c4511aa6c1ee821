#include "mock_server/full_backlog_listener.hpp"

#include <fcntl.h>

namespace applivery::mock {
namespace {

// A backlog of 0 holds one connection, on some systems two.
constexpr int connectionsThatFillTheBacklog = 4;

}  // namespace

FullBacklogListener::FullBacklogListener() : listener_(listenOnLoopback(0)) {
    for (int i = 0; i < connectionsThatFillTheBacklog; ++i) {
        connections_.push_back(openTcpSocket());
        ::fcntl(connections_.back().get(), F_SETFL, O_NONBLOCK);
        connectToLoopback(connections_.back().get(), listener_.port);
    }
}

}  // namespace applivery::mock
