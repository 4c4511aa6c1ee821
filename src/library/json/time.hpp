/// @file
/// Parses and formats the times of the service, and converts them to the unit of a clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

namespace applivery::detail {

using TimePoint = std::chrono::system_clock::time_point;

/// Represents a point in time in UTC. Unlike a time_point, an Instant can represent every date of the supported
/// formats.
struct Instant {
    std::int64_t seconds = 0;      ///< Since 1970, rounded down.
    std::int64_t nanoseconds = 0;  ///< Since the beginning of the second: 0 to 999,999,999.
};

/// Returns the number of clock units in a second. The unit must divide a second, and be a whole number of nanoseconds.
template <typename Duration>
constexpr std::int64_t unitsPerSecond() noexcept {
    using Units = std::ratio_divide<std::ratio<1>, typename Duration::period>;
    static_assert(Units::den == 1 && std::nano::den % Units::num == 0);
    return Units::num;
}

/// Converts a time since 1970 in the unit of a clock to an Instant.
template <typename Duration>
[[nodiscard]] constexpr Instant instantOf(Duration time) noexcept {
    constexpr std::int64_t units = unitsPerSecond<Duration>();
    const std::int64_t rest = time.count() % units;
    const bool isBefore = rest < 0;
    return {time.count() / units - (isBefore ? 1 : 0), (isBefore ? rest + units : rest) * (std::nano::den / units)};
}

/// Converts an Instant to the time since 1970 in the unit of a clock, rounded down. Returns std::nullopt if the clock's
/// range does not include the time.
///
/// Does not add std::chrono::seconds and std::chrono::nanoseconds. The sum would overflow in 2262 even if the unit of
/// the clock is longer, because the unit of the sum is a nanosecond.
template <typename Duration>
[[nodiscard]] constexpr std::optional<Duration> sinceEpoch(Instant time) noexcept {
    constexpr std::int64_t units = unitsPerSecond<Duration>();
    constexpr std::int64_t unit = std::nano::den / units;
    constexpr Instant first = instantOf(Duration::min());
    constexpr Instant last = instantOf(Duration::max());
    const std::int64_t rest = time.nanoseconds / unit;
    if (time.seconds < first.seconds || (time.seconds == first.seconds && rest < first.nanoseconds / unit) ||
        time.seconds > last.seconds || (time.seconds == last.seconds && rest > last.nanoseconds / unit)) {
        return std::nullopt;
    }
    // The earliest time of the range may lie within a second. The beginning of that second then is before the range, so
    // the product of `time.seconds` and `units` could overflow.
    if (time.seconds < 0) return Duration((time.seconds + 1) * units + (rest - units));
    return Duration(time.seconds * units + rest);
}

/// Parses a time. Ignores white space around it. A time without a zone is in UTC. Returns std::nullopt if the text has
/// none of these formats:
///
/// - RFC 3339: `2024-11-11T11:27:35.446Z`; a year may also have a sign and six digits, as ISO 8601 allows
/// - RFC 2822: `Mon, 11 Nov 2024 11:27:35 +0000`
/// - seconds or milliseconds since 1970: `1731324455`, `1731324455446`
[[nodiscard]] std::optional<Instant> parseInstant(std::string_view text) noexcept;

/// Formats a time as RFC 3339 in UTC: with milliseconds, or with more digits if the time requires them.
[[nodiscard]] std::string formatInstant(Instant time);

/// Parses a time as parseInstant() does. Returns std::nullopt also if the system clock cannot represent the time.
[[nodiscard]] std::optional<TimePoint> parseTime(std::string_view text) noexcept;

/// Formats a time. parseTime() returns the same time for the result.
[[nodiscard]] std::string formatTime(TimePoint time);

/// Converts seconds or milliseconds since 1970, which are distinguished by their size. Rounds to milliseconds. Returns
/// std::nullopt if the system clock cannot represent the time.
[[nodiscard]] std::optional<TimePoint> timeFromNumber(double number) noexcept;

}  // namespace applivery::detail
