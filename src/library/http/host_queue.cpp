#include "http/host_queue.hpp"

#include <algorithm>
#include <chrono>

namespace applivery::detail {
namespace {

// Longest time for which exchanges wait for a connection that another exchange makes. A handshake that takes
// longer may never end.
constexpr std::chrono::milliseconds multiplexingWait{500};

std::size_t saturatingSubtract(std::size_t limit, std::size_t used) {
    return limit - std::min(limit, used);
}

}  // namespace

// Over TLS, a connection that is being made may turn out to be HTTP/2, which other exchanges can share. So one exchange
// connects first, and the others follow. CURLOPT_PIPEWAIT of libcurl does the same, but has no time limit, and also
// waits over plain http.
//
// While the protocol is unknown, at most `maxConnections` exchanges are connecting or running. Over HTTP/1.1, each
// needs its own connection.
//
// Over HTTP/2, libcurl decides how many exchanges share a connection, and queues the rest. No time limit may run in
// that queue. So at most `maxConnections` exchanges are connecting. Running exchanges do not count: if a connection has
// free streams, libcurl starts an exchange at once, and the next exchange may begin.
HostQueue::Capacity HostQueue::capacity(Time now, std::size_t maxConnections) const noexcept {
    constexpr Time never = Time::max();
    if (waiting.empty()) return {0, never};
    const Capacity free{saturatingSubtract(maxConnections, connecting.size() + running.size()), never};
    if (protocol_ == Protocol::http1 || !waiting.front().isOverTls()) return free;
    if (connecting.empty() && (running.empty() || needsNewConnection_)) return {1, never};
    if (!connecting.empty()) {
        // The list is in the order of starts, so its last exchange started last.
        const Time followersBeginAt = connecting.back().startedAt() + multiplexingWait;
        if (followersBeginAt > now) return {0, followersBeginAt};
    }
    if (protocol_ == Protocol::unknown) return free;
    return {saturatingSubtract(maxConnections, connecting.size()), never};
}

bool HostQueue::detectProtocol() noexcept {
    if (protocol_ != Protocol::unknown || waiting.empty() || !waiting.front().isOverTls()) return false;
    for (const Exchange& exchange : running) recordProtocol(exchange);
    return protocol_ != Protocol::unknown;
}

void HostQueue::recordProtocol(const Exchange& exchange) noexcept {
    if (exchange.isOverHttp1()) protocol_ = Protocol::http1;
    if (exchange.isOverHttp2()) protocol_ = Protocol::http2;
}

void HostQueue::recordEnded(const Exchange& ended) noexcept {
    if (!ended.isOverTls()) return;
    recordProtocol(ended);
    if (!ended.isOverHttp2()) return;
    // isSilent() reads only running exchanges. So the time of the last bytes of the ended exchange is copied to the
    // running exchanges on its connection.
    const long connection = ended.connection();
    for (Exchange& other : running) {
        if (other.connection() == connection) other.recordReceived(ended.lastReceivedAt());
    }
}

Reuse HostQueue::reuse(Time now) const noexcept {
    // Default of CURLOPT_MAXAGE_CONN: libcurl does not reuse a connection that has been idle for longer than this time.
    constexpr std::chrono::seconds maxIdleOfLibcurl{118};
    const auto sinceSilence = std::chrono::floor<std::chrono::seconds>(now - lastSilenceAt_);
    Reuse allowed;
    allowed.none = needsNewConnection_;
    if (lastSilenceAt_ != Time{} && sinceSilence < maxIdleOfLibcurl) {
        allowed.maxIdle = std::max(sinceSilence, std::chrono::seconds{1});  // 0 would mean no limit
    }
    return allowed;
}

void HostQueue::moveToRunning(Exchange& exchange) noexcept {
    if (exchange.usesNewConnection()) needsNewConnection_ = false;
    exchange.moveTo(running);
}

void HostQueue::abandonSilentConnections(Time now, std::chrono::milliseconds requestTimeout) noexcept {
    for (const Exchange& overdue : running) {
        if (overdue.deadline() > now || overdue.hasAbandonedConnection()) continue;
        if (!isSilent(overdue, now, requestTimeout)) continue;
        needsNewConnection_ = true;
        lastSilenceAt_ = now;
        const long connection = overdue.connection();
        for (Exchange& exchange : running) {
            if (exchange.connection() == connection) exchange.abandonConnection(now);
        }
    }
}

// Bytes that arrived in the first half of the time limit do not count, because the connection may have failed after
// them. If other exchanges share the connection, `requestTimeout` replaces the time limit of the overdue exchange: a
// shorter limit of one exchange must not end the other exchanges.
bool HostQueue::isSilent(const Exchange& overdue, Time now, std::chrono::milliseconds requestTimeout) noexcept {
    Time lastReceivedAt = overdue.lastReceivedAt();
    std::chrono::milliseconds limit = overdue.timeLimit();
    for (const Exchange& other : running) {
        if (&other == &overdue || other.connection() != overdue.connection()) continue;
        lastReceivedAt = std::max(lastReceivedAt, other.lastReceivedAt());
        limit = requestTimeout;
    }
    return now - lastReceivedAt >= limit / 2;
}

}  // namespace applivery::detail
