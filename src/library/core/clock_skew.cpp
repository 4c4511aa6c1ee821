#include "core/clock_skew.hpp"

#include <algorithm>

namespace applivery::detail {
namespace {

using std::chrono::floor;
using std::chrono::seconds;

}  // namespace

void ClockSkew::add(TimePoint service, TimePoint local) noexcept {
    constexpr seconds limit = std::chrono::hours{24};
    // A difference in whole seconds cannot overflow.
    const seconds ahead = floor<seconds>(service.time_since_epoch()) - floor<seconds>(local.time_since_epoch());
    // Ignores samples after the ninth: a clock that is set during a wait must not change which builds match.
    if (ahead > limit || ahead < -limit || count_ == samples_.size()) return;
    const auto position = std::upper_bound(samples_.begin(), samples_.begin() + count_, ahead);
    std::move_backward(position, samples_.begin() + count_, samples_.begin() + count_ + 1);
    *position = ahead;
    ++count_;
}

std::optional<seconds> ClockSkew::estimate() const noexcept {
    if (count_ == 0) return std::nullopt;
    return samples_[count_ / 2];
}

ClockSkew::TimePoint createdSinceByService(ClockSkew::TimePoint createdSince, std::optional<seconds> serverAhead) {
    using TimePoint = ClockSkew::TimePoint;
    constexpr seconds imprecision{2};  // `Date` has whole seconds, and the response took some time
    constexpr seconds usualError = std::chrono::minutes{5};
    const seconds ahead = serverAhead ? *serverAhead - imprecision : -usualError;
    if (ahead.count() < 0 && createdSince < TimePoint::min() - ahead) return TimePoint::min();
    if (ahead.count() > 0 && createdSince > TimePoint::max() - ahead) return TimePoint::max();
    return createdSince + ahead;
}

}  // namespace applivery::detail
