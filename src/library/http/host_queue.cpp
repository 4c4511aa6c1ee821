#include "http/host_queue.hpp"

#include <algorithm>
#include <chrono>

namespace applivery::detail {
namespace {

// How long a connection that is being made holds others back. A handshake that takes longer may be stuck.
constexpr std::chrono::milliseconds multiplexingWait{500};

std::size_t saturatingSubtract(std::size_t most, std::size_t taken) {
    return most - std::min(most, taken);
}

}  // namespace

// Over TLS, the connection that one exchange is making may turn out to be one of HTTP/2, which the others can share:
// the first goes ahead, and the rest follow when it is connected. libcurl could wait by itself (CURLOPT_PIPEWAIT), but
// does so also over plain http, without an end where the connection is stuck, and without a time-out.
//
// Until the first response shows the protocol, libcurl gets no more exchanges than connections: that many can start
// over HTTP/1.1. How many may share a connection of HTTP/2 is known to libcurl alone, which keeps in a queue those for
// which there is no room. So no more are given to it than it may have to make connections for: it takes them at once as
// long as there is room, and the next follow.
HostQueue::Room HostQueue::room(Time now, std::size_t maxConnections) const noexcept {
    if (waiting.empty()) return {0, Time::max()};
    const Room free{saturatingSubtract(maxConnections, connecting.size() + running.size()), Time::max()};
    if (protocol_ == Protocol::http1 || !waiting.front().isOverTls()) return free;
    if (connecting.empty()) {
        if (running.empty() || needsNewConnection_) return {1, Time::max()};
        return protocol_ == Protocol::unknown ? free : Room{maxConnections, Time::max()};
    }
    const Time heldUntil = connecting.back().begunAt() + multiplexingWait;  // the back is the last that was begun
    if (heldUntil > now) return {0, heldUntil};
    return protocol_ == Protocol::unknown ? free
                                          : Room{saturatingSubtract(maxConnections, connecting.size()), Time::max()};
}

bool HostQueue::learnProtocol() noexcept {
    if (protocol_ != Protocol::unknown || waiting.empty() || !waiting.front().isOverTls()) return false;
    for (const Exchange& exchange : running) learnProtocolOf(exchange);
    return protocol_ != Protocol::unknown;
}

void HostQueue::learnProtocolOf(const Exchange& exchange) noexcept {
    if (exchange.isOverHttp1()) protocol_ = Protocol::http1;
    if (exchange.isOverHttp2()) protocol_ = Protocol::http2;
}

void HostQueue::learnFrom(const Exchange& ended) noexcept {
    if (!ended.isOverTls()) return;
    learnProtocolOf(ended);
    if (!ended.isOverHttp2()) return;
    const long connection = ended.connection();
    for (Exchange& other : running) {
        if (other.connection() == connection) other.noteHeard(ended.heardAt());
    }
}

Reuse HostQueue::reuse(Time now) const noexcept {
    constexpr std::chrono::seconds usualMaxIdle{118};  // of libcurl
    const auto sinceSilence = std::chrono::floor<std::chrono::seconds>(now - silentAt_);
    Reuse reuse;
    reuse.none = needsNewConnection_;
    if (silentAt_ != Time{} && sinceSilence < usualMaxIdle) {
        reuse.maxIdle = std::max(sinceSilence, std::chrono::seconds{1});  // to libcurl, 0 means without a limit
    }
    return reuse;
}

void HostQueue::moveToRunning(Exchange& exchange) noexcept {
    if (exchange.makesConnection()) needsNewConnection_ = false;
    exchange.moveTo(running);
}

void HostQueue::abandonSilentConnections(Time now, std::chrono::milliseconds requestTimeout) noexcept {
    for (const Exchange& overdue : running) {
        if (overdue.deadline() > now || overdue.hasAbandonedConnection()) continue;
        if (!isSilent(overdue, now, requestTimeout)) continue;
        needsNewConnection_ = true;
        silentAt_ = now;
        const long connection = overdue.connection();
        for (Exchange& exchange : running) {
            if (exchange.connection() == connection) exchange.abandonConnection(now);
        }
    }
}

// A connection is silent if nothing arrived on it in the last half of a time limit: it may have worked before that. If
// others share it, a limit that is shorter than usual is no reason to end them.
bool HostQueue::isSilent(const Exchange& overdue, Time now, std::chrono::milliseconds requestTimeout) noexcept {
    Time heardAt = overdue.heardAt();
    std::chrono::milliseconds limit = overdue.limit();
    for (const Exchange& other : running) {
        if (&other == &overdue || other.connection() != overdue.connection()) continue;
        heardAt = std::max(heardAt, other.heardAt());
        limit = requestTimeout;
    }
    return now - heardAt >= limit / 2;
}

}  // namespace applivery::detail
