/// @file
/// Rules of a wait: which builds match a selector, how clocks differ, and the time between checks.
#pragma once

#include <applivery/build_filter.hpp>
#include <applivery/build_waiter.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace applivery::detail {

/// Returns why a wait refuses the options; null if they are valid.
[[nodiscard]] const char* validate(const WaitOptions& options);

/// Returns why a wait refuses the selector; null if the selector is valid.
[[nodiscard]] const char* validate(const BuildSelector& selector);

/// Returns a filter that all selected builds pass, and few others. Filters by no status: a build leaves such a list
/// when it is processed, and also when it fails. Filters only by an operating system that the service documents as a
/// filter, because the service may refuse another one.
[[nodiscard]] BuildFilter commonFilter(const std::vector<const BuildSelector*>& selectors);

/// Returns the time by the service's clock since which builds match. The time is a little earlier than `createdSince`,
/// because the difference between the clocks is not known exactly.
/// @param createdSince Time by this machine's clock.
/// @param serverAhead How far the service's clock is ahead of this machine's clock; absent if unknown.
[[nodiscard]] BuildSelector::TimePoint createdSinceByService(BuildSelector::TimePoint createdSince,
                                                             std::optional<std::chrono::seconds> serverAhead);

/// Returns whether the build is known to be older than the selector allows.
/// @param serverAhead How far the service's clock is ahead of this machine's clock; absent if unknown.
[[nodiscard]] bool isTooOld(const BuildSelector& selector, const Build& build,
                            std::optional<std::chrono::seconds> serverAhead);

/// Returns whether the response was neither a page nor a refusal by the service, so that a gateway may have sent it.
/// Code 1000 is an error inside of the service.
[[nodiscard]] bool isUnexpected(const Error& error);

/// Estimates how far the service's clock is ahead of this machine's clock, from several responses. Some of their times
/// may be wrong.
class ClockSkew {
public:
    using TimePoint = std::chrono::system_clock::time_point;

    /// Adds the time of a response by both clocks. Ignores a difference of more than a day: the response is then wrong,
    /// and a correction by it would let old builds match.
    void add(TimePoint service, TimePoint local) noexcept;

    /// Returns the median; absent without samples. Of two samples, returns the larger one: a slow response makes the
    /// difference too small, never too large.
    [[nodiscard]] std::optional<std::chrono::seconds> estimate() const noexcept;

private:
    std::array<std::chrono::seconds, 9> samples_{};  // sorted, as far as they are filled
    std::size_t count_ = 0;
};

/// Computes the time between two checks. Grows by half from WaitOptions::minDelay to WaitOptions::maxDelay. Each time
/// differs by up to a tenth, so that many waits do not check at the same time.
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
