/// @file
/// The exchanges with one host: which of them wait, and how many of those may begin.
#pragma once

#include "http/exchange.hpp"

#include <chrono>
#include <cstddef>

namespace applivery::detail {

/// Belongs to the event loop's thread. Exchanges go from list to list in the order of the lists.
class HostQueue {
public:
    using Time = Exchange::Time;

    /// How many exchanges may begin now, and where that is none, until when at most.
    struct Room {
        std::size_t count;
        Time until;
    };

    [[nodiscard]] Room room(Time now, std::size_t maxConnections) const noexcept;

    /// Takes note of the protocol of the host's first response, as soon as that has begun. Returns whether one has.
    bool learnProtocol() noexcept;

    /// Takes note of what an exchange that ended tells about the host's connections.
    void learnFrom(const Exchange& ended) noexcept;

    /// Returns which connections the next exchange may use. After a connection has gone silent, those are excluded
    /// that have been idle since then: the cause may have concerned them all.
    [[nodiscard]] Reuse reuse(Time now) const noexcept;

    /// Moves an exchange that has its connection by now from `connecting` to `running`.
    void moveToRunning(Exchange& exchange) noexcept;

    /// Abandons the connections of the exchanges that time out now, if nothing arrived on them lately.
    void abandonSilentConnections(Time now, std::chrono::milliseconds requestTimeout) noexcept;

    [[nodiscard]] bool isIdle() const noexcept { return waiting.empty() && connecting.empty() && running.empty(); }

    Exchanges waiting;     ///< In the library's own queue: no time runs.
    Exchanges connecting;  ///< libcurl has them, and no connection yet.
    Exchanges running;     ///< On their connections.

private:
    [[nodiscard]] bool isSilent(const Exchange& overdue, Time now, std::chrono::milliseconds requestTimeout) noexcept;

    enum class Protocol { unknown, http1, http2 };

    void learnProtocolOf(const Exchange& exchange) noexcept;

    Protocol protocol_ = Protocol::unknown;  // over TLS
    bool needsNewConnection_ = false;        // since another one has gone silent
    Time silentAt_{};                        // when that was noticed last
};

}  // namespace applivery::detail
