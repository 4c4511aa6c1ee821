#include "report/trend_charts.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <utility>

namespace applivery::program {
namespace {

/// Numbers of builds for the chart by day.
struct BuildDays {
    std::map<Days, StateCounts> days;
    StateCounts undated;      // of builds without a day
    std::int64_t builds = 0;  // number of all builds

    void add(const BuildGroup& group) {
        for (const auto& [day, states] : group.days) days[day].add(states);
        undated.add(group.undated);
        builds += group.states.total();
    }
};

void addDay(Chart& chart, Days day, const StateCounts& states) {
    chart.categories.push_back(dayText(day));
    const std::array<std::int64_t, 5> counts{states.of(BuildStatus::processed), states.of(BuildStatus::error),
                                             states.of(BuildStatus::inProgress), states.of(BuildStatus::pending),
                                             states.of(BuildStatus::unknown)};
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        chart.series[i].values.emplace_back(static_cast<double>(counts.at(i)));
    }
}

void removeEmptySeries(Chart& chart) {
    const auto isZero = [](const std::optional<double>& value) { return value.value_or(0) == 0; };
    const auto isEmpty = [&](const ChartSeries& each) {
        return std::all_of(each.values.begin(), each.values.end(), isZero);
    };
    chart.series.erase(std::remove_if(chart.series.begin(), chart.series.end(), isEmpty), chart.series.end());
}

// Returns the number of builds from the day `begin` on, and before the day `end`.
std::int64_t buildsBetween(const BuildDays& counts, Days begin, Days end) {
    std::int64_t builds = 0;
    for (auto day = counts.days.lower_bound(begin); day != counts.days.end() && day->first < end; ++day) {
        builds += day->second.total();
    }
    return builds;
}

// Compares the last seven complete days with the seven days before. Empty if the period does not contain seven days.
std::string changeOfLastDays(const BuildDays& counts, const Period& period) {
    constexpr Days sevenDays{7};
    const Days today = dayOf(period.now);
    const Days begin = today - sevenDays;
    const Days beginOfPrevious = begin - sevenDays;
    if (isPartialDay(begin, period)) return {};
    const std::int64_t builds = buildsBetween(counts, begin, today);
    const std::string text = counted(builds, "build") + " in the last 7 complete days";
    if (isPartialDay(beginOfPrevious, period)) return text + ". ";
    const std::int64_t change = builds - buildsBetween(counts, beginOfPrevious, begin);
    if (change == 0) return text + ", as many as before. ";
    return fmt::format("{}, {} {} than before. ", text, groupedNumber(static_cast<double>(std::abs(change))),
                       change > 0 ? "more" : "fewer");
}

// @param drawn counts of the days that the chart contains.
std::string noteOfDays(const BuildDays& counts, const Period& period, const StateCounts& drawn) {
    const std::int64_t earlier = counts.builds - drawn.total() - counts.undated.total();
    std::string note = drawn.total() > 0 ? changeOfLastDays(counts, period) : "";
    if (earlier > 0) note += counted(earlier, "earlier build") + " omitted. ";
    if (counts.undated.total() > 0) {
        note += counted(counts.undated.total(), "build") + " without a day: the time is unknown or in the future.";
    }
    return note;
}

Chart emptyDayChart() {
    Chart chart;
    chart.kind = ChartKind::columns;
    chart.title = "Builds a day";
    chart.textIfEmpty = "No build has a known day.";
    chart.categoryTitle = "day (UTC)";
    chart.valueTitle = "builds";
    chart.hasWholeValues = true;
    chart.series = {{"processed", "processed", {}},
                    {"failed", "failed", {}},
                    {"in progress", "progress", {}},
                    {"pending", "pending", {}},
                    {"other", "other", {}}};
    return chart;
}

Chart dayChart(const BuildDays& counts, const Period& period) {
    constexpr int maxDays = 90;
    Chart chart = emptyDayChart();
    const Days today = dayOf(period.now);
    StateCounts drawn;
    for (const Days day : recentSteps(counts.days, today, Days{1}, maxDays)) {
        const auto found = counts.days.find(day);
        const StateCounts states = found == counts.days.end() ? StateCounts{} : found->second;
        addDay(chart, day, states);
        drawn.add(states);
        chart.isLastUnfinished = day >= today;
    }
    removeEmptySeries(chart);
    if (!chart.categories.empty()) {
        chart.description =
            fmt::format("{} from {} to {}: {} processed, {} failed, {} waiting.", counted(drawn.total(), "build"),
                        chart.categories.front(), chart.categories.back(), drawn.of(BuildStatus::processed),
                        drawn.of(BuildStatus::error), drawn.waiting());
    }
    chart.note = noteOfDays(counts, period, drawn);
    return chart;
}

using NumberOfWeek = std::function<std::optional<double>(const TrendWeek&)>;

Chart weekChart(ChartKind kind, const char* title, const char* valueTitle, const char* textIfEmpty) {
    Chart chart;
    chart.kind = kind;
    chart.title = title;
    chart.textIfEmpty = textIfEmpty;
    chart.categoryTitle = "week (ISO, UTC)";
    chart.valueTitle = valueTitle;
    return chart;
}

// Adds a series with one number of each week.
void addSeries(Chart& chart, const std::vector<TrendWeek>& weeks, ChartSeries series, const NumberOfWeek& number) {
    chart.categories.clear();  // each series has the same weeks
    for (const TrendWeek& week : weeks) {
        chart.categories.push_back(weekText(week.monday));
        series.values.push_back(number(week));
    }
    chart.isLastUnfinished = !weeks.empty() && weeks.back().isUnfinished;
    chart.series.push_back(std::move(series));
}

// Sets the note of the chart. The description contains the note and the first and last categories.
void addNote(Chart& chart, std::string note) {
    if (!chart.categories.empty()) {
        chart.description = fmt::format("{}{}{} to {}.", note, note.empty() ? "" : " ", chart.categories.front(),
                                        chart.categories.back());
    }
    chart.note = std::move(note);
}

// Adds the median and the 90th percentile of the processing times or of the queue times.
void addPercentiles(Chart& chart, const std::vector<TrendWeek>& weeks, Percentiles BuildTimes::*times) {
    const auto percentile = [times](double share) {
        return [times, share](const TrendWeek& week) { return (week.statistics.times.*times).at(share); };
    };
    addSeries(chart, weeks, {"median (p50)", "p50", {}}, percentile(0.5));
    addSeries(chart, weeks, {"p90", "p90", {}}, percentile(0.9));
}

std::optional<double> mebibytesOf(const TrendWeek& week) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    const auto& size = week.statistics.newestSize;
    return size ? std::optional<double>(static_cast<double>(size->bytes) / mebibyte) : std::nullopt;
}

// Returns the relative change of the size, such as 0.05 for 5% more; 0 if it cannot be computed.
double sizeChange(const BuildSize* before, const BuildSize& after) {
    if (before == nullptr || before->bytes <= 0) return 0;
    return static_cast<double>(after.bytes) / static_cast<double>(before->bytes) - 1;
}

// Adds a remark and a note about the largest change of the size from one week to the next with a size.
void addLargestSizeChange(Chart& chart, const std::vector<TrendWeek>& weeks) {
    constexpr double minChange = 0.05;
    constexpr std::size_t maxVersionColumns = 16;
    const BuildSize* previous = nullptr;
    double largestChange = minChange;
    std::string note;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        if (!weeks[i].statistics.newestSize) continue;
        const BuildSize& size = *weeks[i].statistics.newestSize;
        const double change = sizeChange(std::exchange(previous, &size), size);
        if (std::abs(change) < largestChange) continue;
        largestChange = std::abs(change);
        const std::string version =
            shortened(size.versionName.empty() ? "no version" : size.versionName, maxVersionColumns);
        const std::string text = fmt::format("{}{}%", change > 0 ? "+" : "\u2212", shortNumber(100 * std::abs(change)));
        chart.remark = ChartRemark{i, text + ' ' + version};
        note = fmt::format("Largest change: {} with {}.", text, version);
    }
    const bool hasSizes = previous != nullptr;
    if (hasSizes && note.empty()) note = "No change of 5% or more.";
    addNote(chart, std::move(note));
}

}  // namespace

Chart dailyBuildsChart(const Report& report) {
    BuildDays counts;
    for (const auto& [key, group] : report.statistics.groups()) counts.add(group);
    return dayChart(counts, report.statistics.period());
}

Chart dailyBuildsChart(const BuildGroup& group, const Period& period) {
    BuildDays counts;
    counts.add(group);
    return dayChart(counts, period);
}

Chart failureRateChart(const std::vector<TrendWeek>& weeks) {
    Chart chart = weekChart(ChartKind::columns, "Failure rate by week", "% of the builds that ended",
                            "No build of a known week ended.");
    addSeries(chart, weeks, {"failed, %", "failed", {}},
              [](const TrendWeek& week) { return failurePercent(week.statistics.states); });
    addNote(chart, failureChange(weeks));
    return chart;
}

Chart processingTimeChart(const std::vector<TrendWeek>& weeks) {
    Chart chart = weekChart(ChartKind::lines, "Processing time by week", "unit not documented",
                            "No build of a known week has a processing time.");
    addPercentiles(chart, weeks, &BuildTimes::process);
    addNote(chart, processingChange(weeks));
    return chart;
}

Chart queueTimeChart(const std::vector<TrendWeek>& weeks) {
    Chart chart = weekChart(ChartKind::lines, "Queue time by week", "unit not documented",
                            "No build of a known week has a queue time.");
    addPercentiles(chart, weeks, &BuildTimes::queue);
    addNote(chart, "");
    return chart;
}

Chart sizeChart(const std::vector<TrendWeek>& weeks) {
    Chart chart =
        weekChart(ChartKind::steps, "Size of the newest build", "MiB", "No build of a known week has a size.");
    addSeries(chart, weeks, {"size, MiB", "p50", {}}, mebibytesOf);
    chart.isLastUnfinished = false;  // the newest size is final
    addLargestSizeChange(chart, weeks);
    return chart;
}

}  // namespace applivery::program
