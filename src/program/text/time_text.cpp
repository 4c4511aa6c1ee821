#include "text/time_text.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <numeric>

namespace applivery::program {
namespace {

using std::chrono::seconds;

constexpr int none = -1;

// Takes a number of `count` digits from the front of the text. @return none if there are fewer.
int takeDigits(std::string_view& text, std::size_t count) {
    int number = 0;
    if (text.size() < count) return none;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + count, number);
    if (error != std::errc{} || stop != text.data() + count || text.front() == '-') return none;
    text.remove_prefix(count);
    return number;
}

// Takes the character from the front of the text. @return false if another character is there.
bool take(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

int leapDaysUpTo(int year) {
    return year / 4 - year / 100 + year / 400;
}

std::optional<seconds> takeDate(std::string_view& text) {
    // A time_point in nanoseconds has the years 1678 to 2261.
    constexpr int firstYear = 1700;
    constexpr int lastYear = 2200;
    const int year = takeDigits(text, 4);
    const int month = take(text, '-') ? takeDigits(text, 2) : none;
    const int day = take(text, '-') ? takeDigits(text, 2) : none;
    if (month == none || day == none || year < firstYear || year > lastYear) return std::nullopt;
    const bool isLeap = leapDaysUpTo(year) != leapDaysUpTo(year - 1);
    const std::array<int, 12> days{31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > days.at(static_cast<std::size_t>(month) - 1)) return std::nullopt;
    const int dayOfYear = std::accumulate(days.begin(), days.begin() + month - 1, day - 1);  // from 0
    const int epoch = 1970;
    const int daysBeforeYear = 365 * (year - epoch) + leapDaysUpTo(year - 1) - leapDaysUpTo(epoch - 1);
    return std::chrono::hours(24) * (daysBeforeYear + dayOfYear);
}

std::optional<seconds> takeTimeOfDay(std::string_view& text) {
    const int hour = takeDigits(text, 2);
    const int minute = take(text, ':') ? takeDigits(text, 2) : none;
    const int second = take(text, ':') ? takeDigits(text, 2) : none;
    if (hour == none || minute == none || second == none || hour > 23 || minute > 59 || second > 60) {
        return std::nullopt;
    }
    if (take(text, '.')) text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
    return std::chrono::hours(hour) + std::chrono::minutes(minute) + seconds(second);
}

std::optional<seconds> takeOffset(std::string_view& text) {
    if (take(text, 'Z') || take(text, 'z')) return seconds{0};
    const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
    const int hour = sign != 0 ? takeDigits(text, 2) : none;
    if (hour != none) (void)take(text, ':');
    const int minute = hour != none ? takeDigits(text, 2) : none;
    if (minute == none || hour > 23 || minute > 59) return std::nullopt;
    return sign * seconds(std::chrono::hours(hour) + std::chrono::minutes(minute));
}

std::optional<seconds> unitOf(char name) {
    switch (name) {
        case 's':
            return seconds{1};
        case 'm':
            return std::chrono::minutes{1};
        case 'h':
            return std::chrono::hours{1};
        case 'd':
            return std::chrono::hours{24};
        case 'w':
            return std::chrono::hours{7 * 24};
        default:
            return std::nullopt;
    }
}

}  // namespace

std::string timeText(TimePoint time) {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    const auto wholeSeconds = std::chrono::floor<seconds>(milliseconds);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(static_cast<std::time_t>(wholeSeconds.count())),
                       (milliseconds - wholeSeconds).count());
}

std::string minuteText(TimePoint time) {
    constexpr std::size_t minuteEnd = sizeof "2024-11-11T11:27" - 1;
    return timeText(time).substr(0, minuteEnd) + 'Z';
}

std::string durationText(std::chrono::milliseconds duration) {
    const auto wholeSeconds = std::chrono::duration_cast<seconds>(duration).count();
    constexpr int minute = 60;
    constexpr int hour = 60 * minute;
    if (wholeSeconds < minute) return fmt::format("{}s", wholeSeconds);
    std::string text = wholeSeconds >= hour ? fmt::format("{}h", wholeSeconds / hour) : "";
    if (wholeSeconds % hour / minute != 0) text += fmt::format("{}m", wholeSeconds % hour / minute);
    if (wholeSeconds % minute != 0) text += fmt::format("{}s", wholeSeconds % minute);
    return text;
}

seconds ageOf(TimePoint time, TimePoint now) {
    const auto wholeSeconds = [](TimePoint point) { return std::chrono::floor<seconds>(point.time_since_epoch()); };
    return std::max(wholeSeconds(now) - wholeSeconds(time), seconds{0});
}

std::string ageText(seconds age) {
    for (const char name : {'d', 'h', 'm'}) {
        if (age >= *unitOf(name)) return fmt::format("{}{}", age / *unitOf(name), name);
    }
    return fmt::format("{}s", std::max(age, seconds{0}).count());
}

std::optional<seconds> parseDuration(std::string_view text) {
    constexpr int maxCount = 100'000'000;
    constexpr seconds maxSum{std::int64_t{maxCount} * 100};  // far from an overflow
    seconds sum{0};
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        int count = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || count < 0 || count > maxCount) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        const bool hasUnit = !text.empty();
        if (!hasUnit && sum.count() != 0) return std::nullopt;  // "1h30" would be ambiguous
        const auto unit = hasUnit ? unitOf(text.front()) : seconds{1};
        if (!unit) return std::nullopt;
        sum += count * *unit;
        if (sum > maxSum) return std::nullopt;
        if (hasUnit) text.remove_prefix(1);
    }
    return sum;
}

std::optional<TimePoint> parseWhen(std::string_view text, TimePoint now) {
    constexpr std::chrono::hours maxAge{24 * 100'000};  // about 270 years, within the range of a time_point
    const bool isNumber = text.find_first_not_of("0123456789") == std::string_view::npos;
    const auto age = isNumber ? std::nullopt : parseDuration(text);  // an age needs a unit
    if (age) return *age <= maxAge ? std::optional(now - *age) : std::nullopt;
    const auto date = takeDate(text);
    if (date && text.empty()) return TimePoint(*date);
    if (!date || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
    const auto time = takeTimeOfDay(text);
    const auto offset = time ? takeOffset(text) : std::nullopt;
    if (!offset || !text.empty()) return std::nullopt;
    return TimePoint(*date + *time - *offset);
}

}  // namespace applivery::program
