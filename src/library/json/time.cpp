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

    // As many of the characters as there are, up to a limit.
    std::string_view upTo(std::size_t limit, std::string_view characters) noexcept {
        const std::size_t end = std::min(rest_.find_first_not_of(characters), rest_.size());
        const std::string_view taken = rest_.substr(0, std::min(end, limit));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool takeIf(char c) noexcept { return !upTo(1, {&c, 1}).empty(); }

    // The place of a name of three letters among names, whatever the case.
    template <std::size_t Count>
    int nameOf(const std::array<std::string_view, Count>& names) noexcept {
        const std::string_view word = rest_.substr(0, 3);
        const auto name = std::find_if(names.begin(), names.end(),
                                       [&](std::string_view each) { return equalsIgnoringCase(each, word); });
        if (name == names.end()) return fail();
        rest_.remove_prefix(3);
        return static_cast<int>(name - names.begin());
    }

    [[nodiscard]] std::string_view rest() const noexcept { return rest_; }

    [[nodiscard]] bool isGood() const noexcept { return good_; }
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

// A time of the calendar, and how far its zone is ahead of UTC.
struct Civil {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    std::int64_t nanoseconds = 0;
    int secondsAhead = 0;
};

std::optional<Instant> instantOf(const Civil& civil) noexcept {
    if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > daysIn(civil.month, civil.year) ||
        civil.hour > 23 || civil.minute > 59 || civil.second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = daysSinceEpoch(civil.year, civil.month, civil.day);
    const std::int64_t minutes = (days * 24 + civil.hour) * 60 + civil.minute;
    return Instant{minutes * 60 + civil.second - civil.secondsAhead, civil.nanoseconds};
}

// "+02:00", "+0200"
int readOffset(Reader& reader) noexcept {
    const char sign = reader.oneOf("+-");
    const int hours = reader.digits(2);
    reader.takeIf(':');
    return (hours * 60 + reader.digits(2)) * (sign == '+' ? 60 : -60);
}

std::optional<Instant> parseRfc3339(std::string_view text) noexcept {
    Reader reader(text);
    Civil civil;
    civil.year = reader.year();
    reader.oneOf("-");
    civil.month = reader.digits(2);
    reader.oneOf("-");
    civil.day = reader.digits(2);
    reader.oneOf("Tt ");
    civil.hour = reader.digits(2);
    reader.oneOf(":");
    civil.minute = reader.digits(2);
    reader.oneOf(":");
    civil.second = reader.digits(2);
    civil.nanoseconds = reader.fraction();
    if (!reader.finished() && reader.upTo(1, "Zz").empty()) civil.secondsAhead = readOffset(reader);
    if (!reader.finished()) return std::nullopt;
    return instantOf(civil);
}

// "Mon, 11 Nov 2024 11:27:35 +0000": the day of the week, the seconds, the zone and a comment behind it may be absent.
std::optional<Instant> parseRfc2822(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    constexpr std::string_view blanks = " \t";
    if (!text.empty() && text.back() == ')') text = trimmed(text.substr(0, text.rfind('(')));
    Reader reader(text);
    if (text.find(',') != std::string_view::npos) {
        (void)reader.nameOf(weekdays);
        reader.oneOf(",");
        reader.upTo(text.size(), blanks);
    }
    Civil civil;
    const std::string_view day = reader.upTo(2, "0123456789");
    for (const char digit : day) civil.day = civil.day * 10 + (digit - '0');
    reader.oneOf(blanks);
    civil.month = 1 + reader.nameOf(months);
    reader.oneOf(blanks);
    civil.year = reader.digits(4);
    reader.oneOf(blanks);
    civil.hour = reader.digits(2);
    reader.oneOf(":");
    civil.minute = reader.digits(2);
    if (reader.takeIf(':')) civil.second = reader.digits(2);
    reader.upTo(text.size(), blanks);
    for (const std::string_view zone : {"", "Z", "UT", "UTC", "GMT"}) {
        if (reader.isGood() && equalsIgnoringCase(reader.rest(), zone)) return instantOf(civil);
    }
    civil.secondsAhead = readOffset(reader);
    if (!reader.finished()) return std::nullopt;
    return instantOf(civil);
}

std::optional<Instant> instantFromNumber(double number) noexcept {
    constexpr double leastMilliseconds = 1e11;  // as seconds this would be the year 5138
    constexpr double most = 9e18;               // fits into 64 bits
    const double milliseconds = std::fabs(number) < leastMilliseconds ? std::round(number * 1000) : std::round(number);
    if (!(std::fabs(milliseconds) <= most)) return std::nullopt;
    const auto [seconds, rest] = dividedDown(static_cast<std::int64_t>(milliseconds), 1000);
    return Instant{seconds, rest * 1'000'000};
}

std::optional<TimePoint> timePointOf(std::optional<Instant> instant) noexcept {
    const auto time = instant ? sinceEpoch<TimePoint::duration>(*instant) : std::nullopt;
    return time ? std::optional(TimePoint(*time)) : std::nullopt;
}

// Ten digits are seconds, and thirteen are milliseconds. Any other number of digits may be a date.
std::optional<Instant> parseEpoch(std::string_view text) noexcept {
    const bool areDigits = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!areDigits || (text.size() != 10 && text.size() != 13)) return std::nullopt;
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
    return timePointOf(parseInstant(text));
}

std::string formatTime(TimePoint time) {
    return formatInstant(instantOf(time.time_since_epoch()));
}

std::optional<TimePoint> timeFromNumber(double number) noexcept {
    return timePointOf(instantFromNumber(number));
}

}  // namespace applivery::detail
