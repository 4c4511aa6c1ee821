#include "http/host.hpp"

#include <algorithm>
#include <chrono>

namespace applivery::detail {
namespace {

// How long a connection that is being made holds others back. A handshake that takes longer may be stuck.
constexpr std::chrono::milliseconds patience{500};

std::size_t difference(std::size_t most, std::size_t taken) {
    return most - std::min(most, taken);
}

}  // namespace

// Over TLS, the connection that one exchange is making may turn out to be one of HTTP/2, which the others can share:
// the first goes ahead, and the rest follow when it is connected. libcurl could wait by itself (CURLOPT_PIPEWAIT), but
// does so also over plain http, without an end where the connection is stuck, and without a time-out.
//
// How many may share a connection is known to libcurl alone, which keeps those for which there is no room, with their
// time running. So no more are given to it than it may have to make connections for: it takes them at once as long as
// there is room, and the next follow.
Host::Room Host::room(Time now, std::size_t maxConnections) const noexcept {
    if (waiting.empty()) return {0, Time::max()};
    if (isOfHttp1_ || !waiting.front().isOverTls()) {
        return {difference(maxConnections, connecting.size() + running.size()), Time::max()};
    }
    if (connecting.empty()) return {running.empty() ? 1 : maxConnections, Time::max()};
    const Time heldUntil = connecting.back().begunAt() + patience;  // the back is the last that was begun
    if (heldUntil > now) return {0, heldUntil};
    return {difference(maxConnections, connecting.size()), Time::max()};
}

void Host::learnFrom(const Exchange& ended) noexcept {
    if (!ended.isOverTls()) return;
    if (ended.isOverHttp1()) isOfHttp1_ = true;
    if (ended.isOverHttp2()) isOfHttp1_ = false;
}

}  // namespace applivery::detail
