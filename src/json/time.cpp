#include "json/time.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace applivery::detail {
namespace {

// Reads a text from its beginning; the first mismatch makes all that follows fail.
class Reader {
public:
    explicit Reader(std::string_view text) noexcept : rest_(text) {}

    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_.empty() || rest_.front() < '0' || rest_.front() > '9') return fail();
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }

    int year() noexcept {
        const bool hasSign = !rest_.empty() && (rest_.front() == '+' || rest_.front() == '-');
        if (!hasSign) return digits(4);
        const int sign = oneOf("+-") == '-' ? -1 : 1;
        return sign * digits(6);
    }

    char oneOf(std::string_view characters) noexcept {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
            fail();
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    // Nanoseconds; further digits are dropped.
    std::int64_t fraction() noexcept {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        std::int64_t value = 0;
        std::int64_t unit = 1'000'000'000;
        std::size_t count = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++count) {
            unit /= 10;
            value += unit * (rest_.front() - '0');
        }
        if (count == 0) fail();
        return value;
    }

    [[nodiscard]] bool finished() const noexcept { return good_ && rest_.empty(); }

private:
    int fail() noexcept {
        good_ = false;
        rest_ = {};
        return 0;
    }

    std::string_view rest_;
    bool good_ = true;
};

bool isLeap(int year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysIn(int month, int year) noexcept {
    if (month == 2) return isLeap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

struct Division {
    std::int64_t quotient;
    std::int64_t rest;  // not less than 0
};

Division dividedDown(std::int64_t number, std::int64_t by) noexcept {
    const Division division{number / by, number % by};
    return division.rest < 0 ? Division{division.quotient - 1, division.rest + by} : division;
}

// Days from 1970-01-01 in the Gregorian calendar: whole years, then whole months, then days.
std::int64_t daysSinceEpoch(int year, int month, int day) noexcept {
    const std::int64_t before = std::int64_t{year} - 1;
    const auto leapDays = [before](std::int64_t period) { return dividedDown(before, period).quotient; };
    constexpr std::int64_t epoch = 719'162;  // days before 1970
    std::int64_t days = before * 365 + leapDays(4) - leapDays(100) + leapDays(400) - epoch;
    for (int m = 1; m < month; ++m) days += daysIn(m, year);
    return days + day - 1;
}

std::string digits(std::int64_t number, std::size_t count) {
    const std::string text = std::to_string(number);
    return std::string(count - std::min(count, text.size()), '0') + text;
}

std::string yearText(int year) {
    if (year >= 0 && year <= 9999) return digits(year, 4);
    return (year < 0 ? '-' : '+') + digits(std::abs(year), 6);
}

}  // namespace

std::optional<Instant> parseInstant(std::string_view text) noexcept {
    Reader reader(text);
    const int year = reader.year();
    reader.oneOf("-");
    const int month = reader.digits(2);
    reader.oneOf("-");
    const int day = reader.digits(2);
    reader.oneOf("Tt ");
    const int hour = reader.digits(2);
    reader.oneOf(":");
    const int minute = reader.digits(2);
    reader.oneOf(":");
    const int second = reader.digits(2);
    const std::int64_t nanoseconds = reader.fraction();
    const char zone = reader.oneOf("Zz+-");
    int offset = 0;
    if (zone == '+' || zone == '-') {
        const int hours = reader.digits(2);
        reader.oneOf(":");
        offset = (hours * 60 + reader.digits(2)) * (zone == '+' ? 60 : -60);
    }
    if (!reader.finished() || month < 1 || month > 12 || day < 1 || day > daysIn(month, year) || hour > 23 ||
        minute > 59 || second > 60) {
        return std::nullopt;
    }
    const std::int64_t minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute;
    return Instant{minutes * 60 + second - offset, nanoseconds};
}

std::string formatInstant(Instant time) {
    const auto [days, ofDay] = dividedDown(time.seconds, 86'400);
    constexpr std::int64_t longestYear = 366;
    int year = static_cast<int>(1970 + (days >= 0 ? days / longestYear : days / (longestYear - 1) - 1));
    while (daysSinceEpoch(year + 1, 1, 1) <= days) ++year;
    int month = 1;
    while (month < 12 && daysSinceEpoch(year, month + 1, 1) <= days) ++month;
    std::string text = yearText(year) + '-' + digits(month, 2) + '-' +
                       digits(days - daysSinceEpoch(year, month, 1) + 1, 2) + 'T' + digits(ofDay / 3600, 2) + ':' +
                       digits(ofDay / 60 % 60, 2) + ':' + digits(ofDay % 60, 2) + '.' + digits(time.nanoseconds, 9);
    for (int i = 0; i < 2 && text.compare(text.size() - 3, 3, "000") == 0; ++i) text.resize(text.size() - 3);
    return text + 'Z';
}

std::optional<TimePoint> parseTime(std::string_view text) noexcept {
    const auto instant = parseInstant(text);
    const auto time = instant ? sinceEpoch<TimePoint::duration>(*instant) : std::nullopt;
    return time ? std::optional(TimePoint(*time)) : std::nullopt;
}

std::string formatTime(TimePoint time) {
    return formatInstant(instantOf(time.time_since_epoch()));
}

std::optional<TimePoint> timeFromNumber(double number) noexcept {
    constexpr double leastMilliseconds = 1e11;  // as seconds this would be the year 5138
    constexpr double most = 9e18;               // fits into 64 bits
    const double milliseconds = std::fabs(number) < leastMilliseconds ? std::round(number * 1000) : std::round(number);
    if (!(std::fabs(milliseconds) <= most)) return std::nullopt;
    const auto [seconds, rest] = dividedDown(static_cast<std::int64_t>(milliseconds), 1000);
    const auto time = sinceEpoch<TimePoint::duration>(Instant{seconds, rest * 1'000'000});
    return time ? std::optional(TimePoint(*time)) : std::nullopt;
}

}  // namespace applivery::detail
