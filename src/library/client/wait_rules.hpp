/// @file
/// Rules of a wait: valid options, matching builds, and the time between checks.
#pragma once

#include <applivery/build_filter.hpp>
#include <applivery/build_waiter.hpp>

#include <chrono>
#include <optional>
#include <vector>

namespace applivery::detail {

/// Returns why a wait refuses the options; null if they are valid.
[[nodiscard]] const char* validate(const WaitOptions& options);

/// Returns why a wait refuses the selector; null if the selector is valid.
[[nodiscard]] const char* validate(const BuildSelector& selector);

/// Returns a filter that all selected builds pass. Filters by a version name or an operating system that all selectors
/// share. Omits the status, because it changes during the wait. Omits an operating system that the service does not
/// document as a filter, because the service may refuse it.
[[nodiscard]] BuildFilter commonFilter(const std::vector<const BuildSelector*>& selectors);

/// Returns whether the build is known to be older than the selector allows.
/// @param serverAhead How far the service's clock is ahead of this machine's clock; absent if unknown.
[[nodiscard]] bool isTooOld(const BuildSelector& selector, const Build& build,
                            std::optional<std::chrono::seconds> serverAhead);

/// Returns whether the error is from a response without an error code of the service. A gateway may have sent such a
/// response. Also returns true for code 1000, an internal error of the service.
[[nodiscard]] bool isUnexpected(const Error& error);

/// Computes the time between two checks. The time begins with WaitOptions::minDelay and grows by half with each check,
/// up to WaitOptions::maxDelay. Jitter of up to a tenth keeps many waits from checking at the same time.
class PollInterval {
public:
    explicit PollInterval(const WaitOptions& options);

    /// Returns the time until the next check.
    [[nodiscard]] std::chrono::milliseconds next(const WaitOptions& options);

private:
    std::chrono::milliseconds interval_;
    std::chrono::milliseconds longest_;
};

}  // namespace applivery::detail
