/// @file
/// The newest requests of the program.
#pragma once

#include "mock_server/http_message.hpp"
#include "mock_server/mock_build.hpp"

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>

namespace applivery::mock {

/// Holds a bounded number of requests, without their tokens. All members are thread-safe.
class Journal {
public:
    static constexpr std::size_t capacity = 1000;

    /// Adds a request. Removes the oldest one if the journal is full.
    /// @param outcome `"status":503` or `"fault":"NAME"`: a member in JSON.
    void add(const RecordedRequest& request, Time receivedAt, const std::string& outcome);

    void clear();

    /// Returns a JSON object: the number of all requests, and the newest requests in the order of their arrival.
    [[nodiscard]] std::string json() const;

private:
    mutable std::mutex mutex_;
    std::deque<std::string> entries_;  // JSON objects
    std::size_t total_ = 0;
};

}  // namespace applivery::mock
