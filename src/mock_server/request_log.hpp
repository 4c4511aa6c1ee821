/// @file
/// What a server was asked so far, and waiting for more.
#pragma once

#include "mock_server/exchange.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

namespace applivery::mock {

/// Safe to use from many threads at once.
class RequestLog {
public:
    /// @param keeps whether it keeps them, or only counts those in flight.
    explicit RequestLog(bool keeps = true) : keeps_(keeps) {}

    void begin(RecordedRequest request);
    void end();

    [[nodiscard]] std::vector<RecordedRequest> all() const;
    [[nodiscard]] std::size_t count() const;

    /// The most requests that ever were between begin() and end().
    [[nodiscard]] std::size_t peak() const;

    void clear();

    /// Waits until there are `count` requests. @return whether there are.
    [[nodiscard]] bool waitFor(std::size_t count, std::chrono::milliseconds timeout) const;

private:
    const bool keeps_;
    mutable std::mutex mutex_;
    mutable std::condition_variable grown_;
    std::vector<RecordedRequest> requests_;
    std::size_t inFlight_ = 0;
    std::size_t peak_ = 0;
};

}  // namespace applivery::mock
