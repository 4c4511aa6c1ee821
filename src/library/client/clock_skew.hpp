/// @file
/// How far the service's clock is ahead of this machine's clock.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace applivery::detail {

/// Estimates the difference from the times in several responses, of which some may be wrong.
class ClockSkew {
public:
    using TimePoint = std::chrono::system_clock::time_point;

    /// Adds the time of a response by both clocks. Ignores a difference of more than a day: that is an error of the
    /// time in the response, and to correct it would let old builds match.
    void add(TimePoint service, TimePoint local) noexcept {
        using std::chrono::floor;
        constexpr Seconds limit = std::chrono::hours{24};
        // Whole seconds have room for every difference.
        const Seconds ahead = floor<Seconds>(service.time_since_epoch()) - floor<Seconds>(local.time_since_epoch());
        // Later samples do not count: a clock that is set during a wait must not move the wait's limit.
        if (ahead > limit || ahead < -limit || count_ == samples_.size()) return;
        const auto place = std::upper_bound(samples_.begin(), samples_.begin() + count_, ahead);
        std::move_backward(place, samples_.begin() + count_, samples_.begin() + count_ + 1);
        *place = ahead;
        ++count_;
    }

    /// Returns the median; absent without samples. Of two samples the median is the larger one: a slow response makes
    /// the difference too small, never too large.
    [[nodiscard]] std::optional<std::chrono::seconds> estimate() const noexcept {
        if (count_ == 0) return std::nullopt;
        return samples_[count_ / 2];
    }

private:
    using Seconds = std::chrono::seconds;

    std::array<Seconds, 9> samples_{};  // sorted, as far as they are filled
    std::size_t count_ = 0;
};

}  // namespace applivery::detail
