/// @file
/// Time between two checks of a wait.
#pragma once

#include "core/random.hpp"
#include "core/time_limits.hpp"
#include "core/user_code.hpp"

#include <applivery/build_waiter.hpp>

#include <algorithm>
#include <chrono>

namespace applivery::detail {

/// Grows by half from WaitOptions::minDelay to WaitOptions::maxDelay. Each time differs by up to a tenth, so that many
/// waits do not check at the same time.
class PollInterval {
public:
    explicit PollInterval(const WaitOptions& options)
        : interval_(std::min<Milliseconds>(options.minDelay, longestDelay)),
          longest_(std::min<Milliseconds>(options.maxDelay, longestDelay)) {}

    [[nodiscard]] std::chrono::milliseconds next(const WaitOptions& options) {
        const auto drawn =
            invokeUserCode("WaitOptions::random", [&] { return options.random ? options.random() : uniformRandom(); });
        const double jitter = 0.9 + 0.2 * (drawn && *drawn >= 0 && *drawn <= 1 ? *drawn : 0.5);
        const double delay = static_cast<double>(interval_.count()) * jitter;
        interval_ = std::min(longest_, interval_ + interval_ / 2);
        return Milliseconds(static_cast<Milliseconds::rep>(delay));
    }

private:
    using Milliseconds = std::chrono::milliseconds;

    Milliseconds interval_;
    Milliseconds longest_;
};

}  // namespace applivery::detail
