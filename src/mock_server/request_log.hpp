/// @file
/// The requests of a server.
#pragma once

#include "mock_server/http_message.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

namespace applivery::mock {

/// Records requests. All members are thread-safe.
class RequestLog {
public:
    /// Adds a request that is in flight until end().
    void begin(RecordedRequest request);
    void end();

    [[nodiscard]] std::vector<RecordedRequest> all() const;
    [[nodiscard]] std::size_t count() const;

    /// Returns the highest number of requests that were in flight at the same time.
    [[nodiscard]] std::size_t peak() const;

    void clear();

    /// Waits until `count` requests are stored. @return whether `count` was reached.
    [[nodiscard]] bool waitFor(std::size_t count, std::chrono::milliseconds timeout) const;

private:
    mutable std::mutex mutex_;
    mutable std::condition_variable grown_;
    std::vector<RecordedRequest> requests_;
    std::size_t inFlight_ = 0;
    std::size_t peak_ = 0;
};

}  // namespace applivery::mock
