/// @file
/// When the next request may go.
#pragma once

#include <applivery/http_transport.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

namespace applivery::detail {

/// A token bucket, and the pauses that the service asks for. Safe to use from many threads at once.
class Pace {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// The one of all clients of this transport, which go by one clock. Where their rates differ, the lowest counts.
    [[nodiscard]] static std::shared_ptr<Pace> of(const std::shared_ptr<HttpTransport>& transport,
                                                  std::optional<double> requestsPerSecond);

    /// Takes the next place, and tells how long it is until then. As many requests as the rate allows in a second may
    /// go at once after a while without any.
    [[nodiscard]] std::chrono::milliseconds reserve(Time now);

    /// Gives a place back that was reserved and is not needed: the next one who asks gets one so much earlier.
    void giveBack();

    /// Lets nothing go before this time.
    void pauseUntil(Time time);

    /// The end of the last pause, for who waits for a place that was reserved before it began.
    [[nodiscard]] Time pausedUntil();

private:
    void limit(double requestsPerSecond);

    std::mutex mutex_;
    std::chrono::duration<double> interval_{0};  // between two requests; 0 where there is no limit
    Time nextPlace_{};                           // where nothing has gone at once
    Time pausedUntil_{};
};

}  // namespace applivery::detail
