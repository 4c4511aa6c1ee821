/// @file
/// Defines HostQueue: the exchanges with one host, and the number of exchanges that may begin.
#pragma once

#include "http/exchange.hpp"

#include <chrono>
#include <cstddef>

namespace applivery::detail {

/// Holds the exchanges with one host. Also records the protocol of the host and when a silent connection was last
/// abandoned.
///
/// An exchange moves through the three lists in their order. Used on the event loop's thread.
class HostQueue {
public:
    using Time = Exchange::Time;

    /// Holds the number of exchanges that may begin now.
    struct Capacity {
        std::size_t count;
        Time retryAt;  ///< If `count` is 0: time at which an exchange may begin even if no event occurs before.
    };

    /// Returns how many waiting exchanges may begin now.
    [[nodiscard]] Capacity capacity(Time now, std::size_t maxConnections) const noexcept;

    /// Detects the protocol of the host from the first response, while other exchanges wait for the result. Returns
    /// whether this call detected the protocol.
    bool detectProtocol() noexcept;

    /// Records the protocol of an exchange that has ended, and the time at which its connection last received bytes.
    void recordEnded(const Exchange& ended) noexcept;

    /// Returns which connections the next exchange may use.
    ///
    /// After a silent connection was abandoned, connections that have been idle since then are not used either: they
    /// may have the same fault.
    [[nodiscard]] Reuse reuse(Time now) const noexcept;

    /// Moves an exchange that has a connection from `connecting` to `running`.
    void moveToRunning(Exchange& exchange) noexcept;

    /// Abandons the silent connections of exchanges that time out now.
    ///
    /// A connection is silent if nothing arrived on it during the second half of the time limit.
    void abandonSilentConnections(Time now, std::chrono::milliseconds requestTimeout) noexcept;

    [[nodiscard]] bool isIdle() const noexcept { return waiting.empty() && connecting.empty() && running.empty(); }

    Exchanges waiting;     ///< In this queue. No time limit runs.
    Exchanges connecting;  ///< Passed to libcurl, without a connection.
    Exchanges running;     ///< With a connection.

private:
    enum class Protocol { unknown, http1, http2 };

    [[nodiscard]] bool isSilent(const Exchange& overdue, Time now, std::chrono::milliseconds requestTimeout) noexcept;
    void recordProtocol(const Exchange& exchange) noexcept;

    Protocol protocol_ = Protocol::unknown;  // over TLS
    bool needsNewConnection_ = false;        // since a silent connection was abandoned
    Time lastSilenceAt_{};                   // time at which a silent connection was last abandoned
};

}  // namespace applivery::detail
