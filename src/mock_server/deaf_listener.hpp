/// @file
/// A port on which connections are begun and never made, as behind a firewall that drops what it does not like.
#pragma once

#include <string>
#include <vector>

namespace applivery::mock {

/// Listens on 127.0.0.1 and never accepts; its queue is full from construction on.
class DeafListener {
public:
    /// @throws std::system_error where it cannot listen.
    DeafListener();
    ~DeafListener();
    DeafListener(const DeafListener&) = delete;
    DeafListener& operator=(const DeafListener&) = delete;

    /// `http://127.0.0.1:PORT`.
    [[nodiscard]] std::string baseUrl() const;

private:
    std::vector<int> sockets_;  // the listener first, then those that fill its queue
    int port_ = 0;
};

}  // namespace applivery::mock
