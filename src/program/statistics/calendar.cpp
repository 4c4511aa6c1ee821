#include "statistics/calendar.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace applivery::program {
namespace {

std::tm dateOf(Days day) {
    return fmt::gmtime(static_cast<std::time_t>(std::chrono::seconds(day).count()));
}

}  // namespace

Days dayOf(TimePoint time) {
    return std::chrono::floor<Days>(time.time_since_epoch());
}

Days mondayOf(Days day) {
    constexpr int daysPerWeek = 7;
    constexpr int thursday = 3;  // weekday of 1970-01-01, where Monday is 0
    const int weekday = (day.count() % daysPerWeek + daysPerWeek + thursday) % daysPerWeek;  // also before 1970
    return day - Days(weekday);
}

std::string dayText(Days day) {
    return fmt::format("{:%Y-%m-%d}", dateOf(day));
}

std::string weekText(Days day) {
    return fmt::format("{:%G-W%V}", dateOf(day));
}

}  // namespace applivery::program
