#include "json/time.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
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

// A time of the calendar, and how far its zone is ahead of UTC.
struct Civil {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    std::chrono::nanoseconds fraction{0};
    int secondsAhead = 0;
};

std::optional<TimePoint> timeOf(const Civil& civil) noexcept {
    if (civil.year < 1 || civil.month < 1 || civil.month > 12 || civil.day < 1 ||
        civil.day > daysIn(civil.month, civil.year) || civil.hour > 23 || civil.minute > 59 || civil.second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = daysSinceEpoch(civil.year, civil.month, civil.day);
    const std::int64_t seconds =
        ((days * 24 + civil.hour) * 60 + civil.minute) * 60 + civil.second - civil.secondsAhead;
    // In nanoseconds a 64-bit clock ends in 2262. Of its first and its last second nothing is read.
    constexpr auto most = std::chrono::duration_cast<std::chrono::seconds>(TimePoint::duration::max()).count();
    if (seconds >= most || seconds <= -most) return std::nullopt;
    return TimePoint(std::chrono::duration_cast<TimePoint::duration>(std::chrono::seconds(seconds) + civil.fraction));
}

// "+02:00", "+0200"
int readOffset(Reader& reader) noexcept {
    const char sign = reader.oneOf("+-");
    const int hours = reader.digits(2);
    reader.takeIf(':');
    return (hours * 60 + reader.digits(2)) * (sign == '+' ? 60 : -60);
}

std::optional<TimePoint> parseRfc3339(std::string_view text) noexcept {
    Reader reader(text);
    Civil civil;
    civil.year = reader.digits(4);
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
    civil.fraction = reader.fraction();
    if (!reader.finished() && reader.upTo(1, "Zz").empty()) civil.secondsAhead = readOffset(reader);
    if (!reader.finished()) return std::nullopt;
    return timeOf(civil);
}

// "Mon, 11 Nov 2024 11:27:35 +0000": the day of the week, the seconds, the zone and a comment behind it may be absent.
std::optional<TimePoint> parseRfc2822(std::string_view text) noexcept {
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
        if (reader.isGood() && equalsIgnoringCase(reader.rest(), zone)) return timeOf(civil);
    }
    civil.secondsAhead = readOffset(reader);
    if (!reader.finished()) return std::nullopt;
    return timeOf(civil);
}

// Ten digits are seconds, and thirteen are milliseconds. Any other number of digits may be a date.
std::optional<TimePoint> parseEpoch(std::string_view text) noexcept {
    const bool areDigits = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!areDigits || (text.size() != 10 && text.size() != 13)) return std::nullopt;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return timeFromNumber(static_cast<double>(number));
}

}  // namespace

std::optional<TimePoint> parseTime(std::string_view text) noexcept {
    text = trimmed(text);
    if (const auto time = parseRfc3339(text)) return time;
    if (const auto time = parseEpoch(text)) return time;
    return parseRfc2822(text);
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
