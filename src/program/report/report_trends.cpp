#include "report/report_trends.hpp"

#include "statistics/comparison.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace applivery::program {
namespace {

constexpr int maxTrendWeeks = 26;
constexpr Days daysPerWeek{7};

using WeeksByMonday = std::map<Days, TrendWeek>;

void addWeeks(WeeksByMonday& weeks, const BuildGroup& group) {
    for (const auto& [monday, week] : group.weeks) {
        WeekStatistics& sum = weeks[monday].statistics;
        sum.states.add(week.states);
        sum.times.add(week.times);
    }
}

// Returns the last weeks, also those without builds.
std::vector<TrendWeek> lastWeeks(WeeksByMonday& weeks, const Period& period) {
    const Days thisWeek = mondayOf(dayOf(period.now));
    std::vector<TrendWeek> last;
    for (const Days monday : recentSteps(weeks, thisWeek, daysPerWeek, maxTrendWeeks)) {
        TrendWeek& week = weeks[monday];
        week.monday = monday;
        week.isUnfinished = monday >= thisWeek;
        week.isPartial = isPartialWeek(monday, period);
        last.push_back(std::move(week));
    }
    return last;
}

/// Sums up the last complete weeks, at most four, and as many weeks before them.
class ComparedWeeks {
public:
    explicit ComparedWeeks(const std::vector<TrendWeek>& weeks) {
        constexpr std::size_t maxWeeks = 4;
        std::vector<const TrendWeek*> complete;  // newest first
        for (auto week = weeks.rbegin(); week != weeks.rend(); ++week) {
            if (!week->isPartial) complete.push_back(&*week);
        }
        count_ = std::min(maxWeeks, complete.size() == 1 ? 1 : complete.size() / 2);
        for (std::size_t i = 0; i < std::min(complete.size(), 2 * count_); ++i) {
            add(i < count_ ? current_ : previous_, *complete[i]);
        }
    }

    [[nodiscard]] const WeekStatistics& current() const { return current_; }
    [[nodiscard]] const WeekStatistics& previous() const { return previous_; }

    /// Returns a phrase for the current weeks.
    [[nodiscard]] std::string name() const {
        return count_ == 1 ? "the last complete week" : fmt::format("the last {} complete weeks", count_);
    }

private:
    static void add(WeekStatistics& sum, const TrendWeek& week) {
        sum.states.add(week.statistics.states);
        sum.times.process.add(week.statistics.times.process);
    }

    std::size_t count_ = 0;  // number of current weeks
    WeekStatistics current_;
    WeekStatistics previous_;
};

// Returns ", 2.1 points more than before"; empty if there is nothing to compare with.
std::string changeText(const std::optional<double>& change, const char* unit) {
    constexpr double smallestShown = 0.05;  // rounded to 0.1
    if (!change) return {};
    if (std::abs(*change) < smallestShown) return ", as before";
    return fmt::format(", {:.1f}{} {} than before", std::abs(*change), unit, *change > 0 ? "more" : "less");
}

}  // namespace

std::vector<TrendWeek> weeksOf(const BuildGroup& group, const Period& period) {
    WeeksByMonday weeks;
    for (const auto& [monday, week] : group.weeks) weeks[monday].statistics = week;
    return lastWeeks(weeks, period);
}

std::vector<TrendWeek> weeksOf(const Report& report) {
    WeeksByMonday weeks;
    for (const auto& [key, group] : report.statistics.groups()) addWeeks(weeks, group);
    return lastWeeks(weeks, report.statistics.period());
}

std::optional<double> failurePercent(const StateCounts& states) {
    const auto rate = states.failureRate();
    return rate ? std::optional<double>(100 * *rate) : std::nullopt;
}

std::string failureChange(const std::vector<TrendWeek>& weeks) {
    const ComparedWeeks compared(weeks);
    const auto current = failurePercent(compared.current().states);
    const auto previous = failurePercent(compared.previous().states);
    if (!current) return {};
    return fmt::format("{:.1f}% in {}{}.", *current, compared.name(),
                       changeText(changeOf(previous, current), " points"));
}

std::string processingChange(const std::vector<TrendWeek>& weeks) {
    const ComparedWeeks compared(weeks);
    const auto current = compared.current().times.process.at(0.9);
    const auto previous = compared.previous().times.process.at(0.9);
    if (!current) return {};
    std::optional<double> percent;
    if (previous && *previous > 0) percent = 100 * (*current / *previous - 1);
    return fmt::format("p90 {} in {}{}.", shortNumber(*current), compared.name(), changeText(percent, "%"));
}

}  // namespace applivery::program
