/// @file
/// Computes how often an overview can be refreshed within the service's hourly limit of requests.
#pragma once

#include <chrono>
#include <deque>

namespace applivery::program {

/// Records the requests of the last hour. A burst, such as the first reading of many builds, counts for an hour. Until
/// then, only the rest of the hourly limit is available for refreshes.
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
        Time last;  // time of the last request
        int count;
    };

    std::deque<Minute> minutes_;
};

}  // namespace applivery::program
