/// @file
/// The service's hourly limit of requests, as a limit of how often an overview is refreshed.
#pragma once

#include <chrono>
#include <deque>

namespace applivery::program {

/// Records the requests of the last hour. A burst, such as the first reading of many builds, counts for an hour, and
/// only the requests that are left are distributed over the time until then.
class RequestBudget {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr int perHour = 10'000;  ///< The service's limit.

    /// Records requests that were sent since the last call.
    void record(int requests, Time now);

    /// Returns the shortest interval at which a number of requests can be repeated. No hour then has more than
    /// `perHour` requests, the recorded ones included.
    [[nodiscard]] std::chrono::milliseconds intervalFor(int requests, Time now) const;

private:
    struct Minute {
        Time begin;
        Time last;  // the last request
        int count;
    };

    std::deque<Minute> minutes_;
};

}  // namespace applivery::program
