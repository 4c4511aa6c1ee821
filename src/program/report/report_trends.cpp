#include "report/report_trends.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace applivery::program {
namespace {

constexpr int trendWeekCount = 26;
constexpr Days daysOfWeek{7};

using TrendByMonday = std::map<Days, TrendWeek>;

void addGroupWeeks(TrendByMonday& weeks, const BuildGroup& group) {
    for (const auto& [monday, week] : group.weeks) {
        BuildWeek& sum = weeks[monday].figures;
        sum.states.add(week.states);
        sum.times.process.add(week.times.process);
        sum.times.queue.add(week.times.queue);
    }
}

std::vector<TrendWeek> lastWeeks(TrendByMonday& weeks, const Period& period) {
    const Days thisWeek = mondayOf(dayOf(period.now));
    std::vector<TrendWeek> last;
    for (const Days monday : window(weeks, thisWeek, daysOfWeek, trendWeekCount)) {
        TrendWeek& week = weeks[monday];
        week.monday = monday;
        week.isUnfinished = monday >= thisWeek;
        week.isPartial = isPartialWeek(monday, period);
        last.push_back(std::move(week));
    }
    return last;
}

/// The last complete weeks, at most four, and as many before them.
class ComparedWeeks {
public:
    explicit ComparedWeeks(const std::vector<TrendWeek>& weeks) {
        constexpr std::size_t most = 4;
        std::vector<const TrendWeek*> complete;
        for (const TrendWeek& week : weeks) {
            if (!week.isPartial) complete.push_back(&week);
        }
        count_ = std::min(most, std::max<std::size_t>(complete.size() / 2, complete.empty() ? 0 : 1));
        for (std::size_t i = 0; i < std::min(complete.size(), 2 * count_); ++i) {
            add(i < count_ ? after_ : before_, *complete[complete.size() - 1 - i]);
        }
    }

    [[nodiscard]] const BuildWeek& before() const { return before_; }
    [[nodiscard]] const BuildWeek& after() const { return after_; }
    [[nodiscard]] std::string name() const {
        return count_ == 1 ? "the last complete week" : fmt::format("the last {} complete weeks", count_);
    }

private:
    static void add(BuildWeek& sum, const TrendWeek& week) {
        sum.states.add(week.figures.states);
        sum.times.process.add(week.figures.times.process);
    }

    std::size_t count_ = 0;
    BuildWeek before_;
    BuildWeek after_;
};

// Returns ", 2.1 points more than before"; empty if there is nothing to compare with.
std::string changeText(const std::optional<double>& change, const char* unit) {
    constexpr double least = 0.05;  // is shown as 0.1
    if (!change) return {};
    if (std::abs(*change) < least) return ", as before";
    return fmt::format(", {:.1f}{} {} than before", std::abs(*change), unit, *change > 0 ? "more" : "less");
}

}  // namespace

std::vector<TrendWeek> weeksOf(const BuildGroup& group, const Period& period) {
    TrendByMonday weeks;
    for (const auto& [monday, week] : group.weeks) weeks[monday].figures = week;
    return lastWeeks(weeks, period);
}

std::vector<TrendWeek> weeksOf(const Report& report) {
    TrendByMonday weeks;
    for (const auto& [key, group] : report.statistics.groups()) addGroupWeeks(weeks, group);
    return lastWeeks(weeks, report.statistics.period());
}

std::optional<double> failurePercent(const StateCounts& states) {
    const auto rate = states.failureRate();
    return rate ? std::optional<double>(100 * *rate) : std::nullopt;
}

std::string failureChange(const std::vector<TrendWeek>& weeks) {
    const ComparedWeeks compared(weeks);
    const auto after = failurePercent(compared.after().states);
    const auto before = failurePercent(compared.before().states);
    if (!after) return {};
    return fmt::format("{:.1f}% in {}{}.", *after, compared.name(),
                       changeText(before ? std::optional<double>(*after - *before) : std::nullopt, " points"));
}

std::string processingChange(const std::vector<TrendWeek>& weeks) {
    const ComparedWeeks compared(weeks);
    const auto after = compared.after().times.process.at(0.9);
    const auto before = compared.before().times.process.at(0.9);
    if (!after) return {};
    return fmt::format(
        "p90 {} in {}{}.", shortNumber(*after), compared.name(),
        changeText(before && *before > 0 ? std::optional<double>(100 * (*after / *before - 1)) : std::nullopt, "%"));
}

}  // namespace applivery::program
