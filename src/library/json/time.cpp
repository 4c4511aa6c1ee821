#include "json/time.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace applivery::detail {
namespace {

// Parses a text from left to right. After the first mismatch, isValid() and isAtEnd() stay false, and each later call
// returns 0 or an empty text.
class TimeParser {
public:
    explicit TimeParser(std::string_view text) noexcept : rest_(text) {}

    // Parses a number of exactly `count` digits.
    int digits(std::size_t count) noexcept {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_.empty() || !isDigit(rest_.front())) return fail();
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }

    // Parses four digits, or a sign and six digits.
    int year() noexcept {
        const bool hasSign = !rest_.empty() && (rest_.front() == '+' || rest_.front() == '-');
        if (!hasSign) return digits(4);
        const int sign = oneOf("+-") == '-' ? -1 : 1;
        return sign * digits(6);
    }

    // Parses one character, which must be one of `characters`.
    char oneOf(std::string_view characters) noexcept {
        if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
            fail();
            return '\0';
        }
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    // Parses an optional fraction of a second to nanoseconds, and ignores further digits.
    std::int64_t fraction() noexcept {
        if (rest_.empty() || rest_.front() != '.') return 0;
        rest_.remove_prefix(1);
        std::int64_t value = 0;
        std::int64_t unit = 1'000'000'000;
        std::size_t count = 0;
        for (; !rest_.empty() && isDigit(rest_.front()); rest_.remove_prefix(1), ++count) {
            unit /= 10;
            value += unit * (rest_.front() - '0');
        }
        if (count == 0) fail();
        return value;
    }

    // Consumes and returns characters while they are in `characters`, at most `limit`.
    std::string_view upTo(std::size_t limit, std::string_view characters) noexcept {
        const std::size_t end = std::min(rest_.find_first_not_of(characters), rest_.size());
        const std::string_view taken = rest_.substr(0, std::min(end, limit));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool skipIf(char c) noexcept { return !upTo(1, {&c, 1}).empty(); }

    // Parses one of the names, each of three letters, without regard to case. Returns the index of the name.
    template <std::size_t count>
    int indexOfName(const std::array<std::string_view, count>& names) noexcept {
        const std::string_view word = rest_.substr(0, 3);
        const auto name = std::find_if(names.begin(), names.end(),
                                       [&](std::string_view each) { return equalsIgnoringCase(each, word); });
        if (name == names.end()) return fail();
        rest_.remove_prefix(3);
        return static_cast<int>(name - names.begin());
    }

    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    [[nodiscard]] bool isValid() const noexcept { return isValid_; }
    [[nodiscard]] bool isAtEnd() const noexcept { return isValid_ && rest_.empty(); }

private:
    int fail() noexcept {
        isValid_ = false;
        rest_ = {};
        return 0;
    }

    std::string_view rest_;
    bool isValid_ = true;
};

bool isLeapYear(int year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysIn(int month, int year) noexcept {
    if (month == 2) return isLeapYear(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

struct Division {
    std::int64_t quotient;
    std::int64_t remainder;  // never negative
};

Division floorDivide(std::int64_t number, std::int64_t divisor) noexcept {
    const Division division{number / divisor, number % divisor};
    return division.remainder < 0 ? Division{division.quotient - 1, division.remainder + divisor} : division;
}

// Returns the days since 1970-01-01 in the Gregorian calendar.
std::int64_t daysSinceEpoch(int year, int month, int day) noexcept {
    const std::int64_t yearsBefore = std::int64_t{year} - 1;  // since the year 1
    const auto multiplesOf = [yearsBefore](std::int64_t period) { return floorDivide(yearsBefore, period).quotient; };
    const std::int64_t leapDays = multiplesOf(4) - multiplesOf(100) + multiplesOf(400);
    constexpr std::int64_t epoch = 719'162;  // days from 0001-01-01 to 1970-01-01
    std::int64_t days = yearsBefore * 365 + leapDays - epoch;
    for (int m = 1; m < month; ++m) days += daysIn(m, year);
    return days + day - 1;
}

std::string zeroPadded(std::int64_t number, std::size_t count) {
    const std::string text = std::to_string(number);
    return std::string(count - std::min(count, text.size()), '0') + text;
}

std::string formatYear(int year) {
    if (year >= 0 && year <= 9999) return zeroPadded(year, 4);
    return (year < 0 ? '-' : '+') + zeroPadded(std::abs(year), 6);
}

// Holds a date and time, and the offset of its time zone.
struct CivilTime {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    std::int64_t nanoseconds = 0;
    int utcOffset = 0;  // in seconds
};

std::optional<Instant> instantOf(const CivilTime& civil) noexcept {
    if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > daysIn(civil.month, civil.year) ||
        civil.hour > 23 || civil.minute > 59 || civil.second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = daysSinceEpoch(civil.year, civil.month, civil.day);
    const std::int64_t minutes = (days * 24 + civil.hour) * 60 + civil.minute;
    return Instant{minutes * 60 + civil.second - civil.utcOffset, civil.nanoseconds};
}

// Parses an offset such as +02:00 or +0200. Returns the offset in seconds.
int parseOffset(TimeParser& parser) noexcept {
    const char sign = parser.oneOf("+-");
    const int hours = parser.digits(2);
    parser.skipIf(':');
    return (hours * 60 + parser.digits(2)) * (sign == '+' ? 60 : -60);
}

std::optional<Instant> parseRfc3339(std::string_view text) noexcept {
    TimeParser parser(text);
    CivilTime civil;
    civil.year = parser.year();
    parser.oneOf("-");
    civil.month = parser.digits(2);
    parser.oneOf("-");
    civil.day = parser.digits(2);
    parser.oneOf("Tt ");
    civil.hour = parser.digits(2);
    parser.oneOf(":");
    civil.minute = parser.digits(2);
    parser.oneOf(":");
    civil.second = parser.digits(2);
    civil.nanoseconds = parser.fraction();
    if (!parser.isAtEnd() && parser.upTo(1, "Zz").empty()) civil.utcOffset = parseOffset(parser);
    if (!parser.isAtEnd()) return std::nullopt;
    return instantOf(civil);
}

// Parses a time such as `Mon, 11 Nov 2024 11:27:35 +0000 (UTC)`. The day of the week, the seconds, the zone and the
// comment in parentheses are optional.
std::optional<Instant> parseRfc2822(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    constexpr std::string_view blanks = " \t";
    if (!text.empty() && text.back() == ')') text = trimmed(text.substr(0, text.rfind('(')));
    TimeParser parser(text);
    if (text.find(',') != std::string_view::npos) {
        (void)parser.indexOfName(weekdays);
        parser.oneOf(",");
        parser.upTo(text.size(), blanks);
    }
    CivilTime civil;
    const std::string_view day = parser.upTo(2, "0123456789");
    for (const char digit : day) civil.day = civil.day * 10 + (digit - '0');
    parser.oneOf(blanks);
    civil.month = 1 + parser.indexOfName(months);
    parser.oneOf(blanks);
    civil.year = parser.digits(4);
    parser.oneOf(blanks);
    civil.hour = parser.digits(2);
    parser.oneOf(":");
    civil.minute = parser.digits(2);
    if (parser.skipIf(':')) civil.second = parser.digits(2);
    parser.upTo(text.size(), blanks);
    for (const std::string_view zone : {"", "Z", "UT", "UTC", "GMT"}) {
        if (parser.isValid() && equalsIgnoringCase(parser.rest(), zone)) return instantOf(civil);
    }
    civil.utcOffset = parseOffset(parser);
    if (!parser.isAtEnd()) return std::nullopt;
    return instantOf(civil);
}

std::optional<Instant> instantFromNumber(double number) noexcept {
    constexpr double minMilliseconds = 1e11;  // smaller numbers are seconds, up to the year 5138
    constexpr double max = 9e18;              // a std::int64_t can represent this number
    const double milliseconds = std::fabs(number) < minMilliseconds ? std::round(number * 1000) : std::round(number);
    if (!(std::fabs(milliseconds) <= max)) return std::nullopt;
    const auto [seconds, rest] = floorDivide(static_cast<std::int64_t>(milliseconds), 1000);
    return Instant{seconds, rest * 1'000'000};
}

std::optional<TimePoint> toTimePoint(std::optional<Instant> instant) noexcept {
    const auto time = instant ? sinceEpoch<TimePoint::duration>(*instant) : std::nullopt;
    return time ? std::optional(TimePoint(*time)) : std::nullopt;
}

// Ten digits are seconds, and thirteen are milliseconds. Other numbers of digits are ambiguous.
std::optional<Instant> parseEpoch(std::string_view text) noexcept {
    if (!isAllDigits(text) || (text.size() != 10 && text.size() != 13)) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return instantFromNumber(static_cast<double>(number));
}

}  // namespace

std::optional<Instant> parseInstant(std::string_view text) noexcept {
    text = trimmed(text);
    if (const auto instant = parseRfc3339(text)) return instant;
    if (const auto instant = parseEpoch(text)) return instant;
    return parseRfc2822(text);
}

std::string formatInstant(Instant time) {
    const auto [days, ofDay] = floorDivide(time.seconds, 86'400);
    constexpr std::int64_t maxDaysPerYear = 366;
    // The search for the year begins at a year that is not after it.
    int year = static_cast<int>(1970 + (days >= 0 ? days / maxDaysPerYear : days / (maxDaysPerYear - 1) - 1));
    while (daysSinceEpoch(year + 1, 1, 1) <= days) ++year;
    int month = 1;
    while (month < 12 && daysSinceEpoch(year, month + 1, 1) <= days) ++month;
    std::string text = formatYear(year) + '-' + zeroPadded(month, 2) + '-' +
                       zeroPadded(days - daysSinceEpoch(year, month, 1) + 1, 2) + 'T' + zeroPadded(ofDay / 3600, 2) +
                       ':' + zeroPadded(ofDay / 60 % 60, 2) + ':' + zeroPadded(ofDay % 60, 2) + '.' +
                       zeroPadded(time.nanoseconds, 9);
    // Shortens the nine digits of the fraction to six or three if the digits after them are 0.
    for (int i = 0; i < 2 && text.compare(text.size() - 3, 3, "000") == 0; ++i) text.resize(text.size() - 3);
    return text + 'Z';
}

std::optional<TimePoint> parseTime(std::string_view text) noexcept {
    return toTimePoint(parseInstant(text));
}

std::string formatTime(TimePoint time) {
    return formatInstant(instantOf(time.time_since_epoch()));
}

std::optional<TimePoint> timeFromNumber(double number) noexcept {
    return toTimePoint(instantFromNumber(number));
}

}  // namespace applivery::detail
