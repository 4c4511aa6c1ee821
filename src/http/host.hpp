/// @file
/// The exchanges with one host: which of them wait, and how many of those may begin.
#pragma once

#include "http/exchange.hpp"

#include <cstddef>

namespace applivery::detail {

/// Belongs to the event loop's thread. Exchanges go from list to list in the order of the lists.
class Host {
public:
    using Time = Exchange::Time;

    /// How many exchanges may begin now, and where that is none, until when at most.
    struct Room {
        std::size_t count;
        Time until;
    };

    [[nodiscard]] Room room(Time now, std::size_t maxConnections) const noexcept;

    /// Takes note of what an exchange that ended tells about the host's connections.
    void learnFrom(const Exchange& ended) noexcept;

    [[nodiscard]] bool isIdle() const noexcept { return waiting.empty() && connecting.empty() && running.empty(); }

    Exchanges waiting;     ///< In the library's own queue: no time runs.
    Exchanges connecting;  ///< libcurl has them, and no connection yet.
    Exchanges running;     ///< On their connections.

private:
    bool isOfHttp1_ = false;  // as far as is known
};

}  // namespace applivery::detail
