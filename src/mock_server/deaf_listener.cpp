#include "mock_server/deaf_listener.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace applivery::mock {
namespace {

// A queue of no length holds one connection, on some systems two.
constexpr int enoughToFillIt = 4;

int openSocket(int flags) {
    const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    if (number < 0) throw std::system_error(errno, std::generic_category(), "socket");
    return number;
}

}  // namespace

DeafListener::DeafListener() {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const int listener = sockets_.emplace_back(openSocket(0));
    if (::bind(listener, generic, length) != 0 || ::listen(listener, 0) != 0 ||
        ::getsockname(listener, generic, &length) != 0) {
        throw std::system_error(errno, std::generic_category(), "listen");
    }
    port_ = ntohs(address.sin_port);
    for (int i = 0; i < enoughToFillIt; ++i)
        (void)::connect(sockets_.emplace_back(openSocket(SOCK_NONBLOCK)), generic, length);
}

DeafListener::~DeafListener() {
    for (const int number : sockets_) ::close(number);
}

std::string DeafListener::baseUrl() const {
    return "http://127.0.0.1:" + std::to_string(port_);
}

}  // namespace applivery::mock
