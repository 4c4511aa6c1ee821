/// @file
/// Estimates the difference between the service's clock and this machine's clock.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace applivery::detail {

/// Estimates how far the service's clock is ahead of this machine's clock. Uses several responses, because the times of
/// some may be wrong.
class ClockSkew {
public:
    using TimePoint = std::chrono::system_clock::time_point;

    /// Adds the time of a response by both clocks. Ignores a difference of more than a day: such a time is wrong, and
    /// would let old builds match.
    void add(TimePoint service, TimePoint local) noexcept;

    /// Returns the median; absent without samples. Of two medians, returns the larger: a slow response makes the
    /// difference too small, never too large.
    [[nodiscard]] std::optional<std::chrono::seconds> estimate() const noexcept;

private:
    std::array<std::chrono::seconds, 9> samples_{};  // the first `count_` are sorted
    std::size_t count_ = 0;
};

/// Converts `createdSince` to the service's clock. The result is a little too early, because the difference between the
/// clocks is not known exactly.
/// @param createdSince Time by this machine's clock.
/// @param serverAhead How far the service's clock is ahead of this machine's clock; absent if unknown.
[[nodiscard]] ClockSkew::TimePoint createdSinceByService(ClockSkew::TimePoint createdSince,
                                                         std::optional<std::chrono::seconds> serverAhead);

}  // namespace applivery::detail
