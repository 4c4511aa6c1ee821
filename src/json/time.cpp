#include "json/time.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

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

    char oneOf(std::string_view characters) noexcept {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
            fail();
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::chrono::nanoseconds fraction() noexcept {
        if (rest_.empty() || rest_.front() != '.') return {};
        rest_.remove_prefix(1);
        std::int64_t value = 0;
        std::int64_t unit = 1'000'000'000;
        std::size_t count = 0;
        for (; !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; rest_.remove_prefix(1), ++count) {
            unit /= 10;
            value += unit * (rest_.front() - '0');
        }
        if (count == 0) fail();
        return std::chrono::nanoseconds(value);
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

// Days from 1970-01-01 in the Gregorian calendar: whole years, then whole months, then days.
std::int64_t daysSinceEpoch(int year, int month, int day) noexcept {
    const std::int64_t before = year - 1;
    constexpr std::int64_t epoch = 719'162;  // days before 1970
    std::int64_t days = before * 365 + before / 4 - before / 100 + before / 400 - epoch;
    for (int m = 1; m < month; ++m) days += daysIn(m, year);
    return days + day - 1;
}

struct Division {
    std::int64_t quotient;
    std::int64_t rest;  // not less than 0
};

Division dividedDown(std::int64_t number, std::int64_t by) noexcept {
    const Division division{number / by, number % by};
    return division.rest < 0 ? Division{division.quotient - 1, division.rest + by} : division;
}

std::string digits(std::int64_t number, std::size_t count) {
    const std::string text = std::to_string(number);
    return std::string(count - std::min(count, text.size()), '0') + text;
}

}  // namespace

std::optional<TimePoint> parseTime(std::string_view text) noexcept {
    Reader reader(text);
    const int year = reader.digits(4);
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
    const auto fraction = reader.fraction();
    const char zone = reader.oneOf("Zz+-");
    int offset = 0;
    if (zone == '+' || zone == '-') {
        const int hours = reader.digits(2);
        reader.oneOf(":");
        offset = (hours * 60 + reader.digits(2)) * (zone == '+' ? 60 : -60);
    }
    if (!reader.finished() || year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(month, year) ||
        hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    const std::int64_t seconds = ((daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset;
    // In nanoseconds a 64-bit clock ends in 2262. Of its first and its last second nothing is read.
    constexpr auto most = std::chrono::duration_cast<std::chrono::seconds>(TimePoint::duration::max()).count();
    if (seconds >= most || seconds <= -most) return std::nullopt;
    return TimePoint(std::chrono::duration_cast<TimePoint::duration>(std::chrono::seconds(seconds) + fraction));
}

std::string formatTime(TimePoint time) {
    using std::chrono::nanoseconds;
    const auto [second, nanosecond] =
        dividedDown(std::chrono::duration_cast<nanoseconds>(time.time_since_epoch()).count(), 1'000'000'000);
    const auto [days, ofDay] = dividedDown(second, 86'400);
    constexpr std::int64_t longestYear = 366;
    int year = static_cast<int>(1970 + (days >= 0 ? days / longestYear : days / (longestYear - 1) - 1));
    while (daysSinceEpoch(year + 1, 1, 1) <= days) ++year;
    int month = 1;
    while (month < 12 && daysSinceEpoch(year, month + 1, 1) <= days) ++month;
    std::string text = digits(year, 4) + '-' + digits(month, 2) + '-' +
                       digits(days - daysSinceEpoch(year, month, 1) + 1, 2) + 'T' + digits(ofDay / 3600, 2) + ':' +
                       digits(ofDay / 60 % 60, 2) + ':' + digits(ofDay % 60, 2) + '.' + digits(nanosecond, 9);
    for (int i = 0; i < 2 && text.compare(text.size() - 3, 3, "000") == 0; ++i) text.resize(text.size() - 3);
    return text + 'Z';
}

std::optional<TimePoint> timeFromNumber(double number) noexcept {
    constexpr double leastMilliseconds = 1e11;  // as seconds this would be the year 5138
    constexpr double most = 9e12;               // in nanoseconds a 64-bit clock ends in 2262
    const double milliseconds = std::fabs(number) < leastMilliseconds ? std::round(number * 1000) : std::round(number);
    if (!(std::fabs(milliseconds) <= most)) return std::nullopt;
    return TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
}

}  // namespace applivery::detail
