#include "report/trend_charts.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>

namespace applivery::program {
namespace {

/// Numbers of builds for the chart by day.
struct BuildDays {
    std::map<Days, StateCounts> days;
    StateCounts undated;
    std::int64_t builds = 0;

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
    const auto isUnused = [&](const ChartSeries& one) {
        return std::all_of(one.values.begin(), one.values.end(), isZero);
    };
    chart.series.erase(std::remove_if(chart.series.begin(), chart.series.end(), isUnused), chart.series.end());
}

std::int64_t buildsOf(const BuildDays& counts, Days begin, Days end) {
    std::int64_t builds = 0;
    for (auto day = counts.days.lower_bound(begin); day != counts.days.end() && day->first < end; ++day) {
        builds += day->second.total();
    }
    return builds;
}

// Compares the last seven complete days with the seven days before.
std::string dayChange(const BuildDays& counts, const Period& period) {
    constexpr Days compared{7};
    const Days today = dayOf(period.now);
    if (isPartialDay(today - compared, period)) return {};
    const std::int64_t builds = buildsOf(counts, today - compared, today);
    const std::int64_t more = builds - buildsOf(counts, today - 2 * compared, today - compared);
    const std::string text = counted(builds, "build") + " in the last 7 complete days";
    if (isPartialDay(today - 2 * compared, period)) return text + ". ";
    if (more == 0) return text + ", as many as before. ";
    return fmt::format("{}, {} {} than before. ", text, groupedNumber(static_cast<double>(std::abs(more))),
                       more > 0 ? "more" : "fewer");
}

std::string dayNote(const BuildDays& counts, const Period& period, const StateCounts& shown) {
    const std::int64_t earlier = counts.builds - shown.total() - counts.undated.total();
    std::string note = shown.total() > 0 ? dayChange(counts, period) : "";
    if (earlier > 0) note += counted(earlier, "earlier build") + " omitted. ";
    if (counts.undated.total() > 0) {
        note += counted(counts.undated.total(), "build") + " without a day: the time is unknown or in the future.";
    }
    return note;
}

Picture pictureOf(const BuildDays& counts, const Period& period) {
    constexpr int dayCount = 90;
    Chart chart;
    chart.kind = ChartKind::columns;
    chart.title = "Builds a day";
    chart.categoryTitle = "day (UTC)";
    chart.valueTitle = "builds";
    chart.hasWholeValues = true;
    chart.series = {{"processed", "processed", {}},
                    {"failed", "failed", {}},
                    {"in progress", "progress", {}},
                    {"pending", "pending", {}},
                    {"other", "other", {}}};
    const Days today = dayOf(period.now);
    StateCounts shown;
    for (const Days day : window(counts.days, today, Days{1}, dayCount)) {
        const auto states = counts.days.find(day);
        addDay(chart, day, states == counts.days.end() ? StateCounts{} : states->second);
        if (states != counts.days.end()) shown.add(states->second);
        chart.isLastUnfinished = day >= today;
    }
    removeEmptySeries(chart);
    if (!chart.categories.empty()) {
        chart.description =
            fmt::format("{} from {} to {}: {} processed, {} failed, {} waiting.", counted(shown.total(), "build"),
                        chart.categories.front(), chart.categories.back(), shown.of(BuildStatus::processed),
                        shown.of(BuildStatus::error), shown.waiting());
    }
    return {std::move(chart), dayNote(counts, period, shown)};
}

using NumberOfWeek = std::function<std::optional<double>(const TrendWeek&)>;

Chart weekChart(ChartKind kind, const char* title, const char* valueTitle) {
    Chart chart;
    chart.kind = kind;
    chart.title = title;
    chart.categoryTitle = "week (ISO, UTC)";
    chart.valueTitle = valueTitle;
    return chart;
}

void addWeeks(Chart& chart, const std::vector<TrendWeek>& weeks, ChartSeries series, const NumberOfWeek& number) {
    chart.categories.clear();
    for (const TrendWeek& week : weeks) {
        chart.categories.push_back(weekText(week.monday));
        series.values.push_back(number(week));
    }
    chart.isLastUnfinished = !weeks.empty() && weeks.back().isUnfinished;
    chart.series.push_back(std::move(series));
}

// Describes the chart by its note and its weeks.
Picture described(Chart chart, std::string note) {
    if (!chart.categories.empty()) {
        chart.description = fmt::format("{}{}{} to {}.", note, note.empty() ? "" : " ", chart.categories.front(),
                                        chart.categories.back());
    }
    return {std::move(chart), std::move(note)};
}

Picture timesPicture(const std::vector<TrendWeek>& weeks, Chart chart, Percentiles BuildTimes::*times,
                     std::string note) {
    const auto percentile = [times](double share) {
        return [times, share](const TrendWeek& week) { return (week.figures.times.*times).at(share); };
    };
    addWeeks(chart, weeks, {"median (p50)", "p50", {}}, percentile(0.5));
    addWeeks(chart, weeks, {"p90", "p90", {}}, percentile(0.9));
    return described(std::move(chart), std::move(note));
}

}  // namespace

Picture dayPicture(const Report& report) {
    BuildDays counts;
    for (const auto& [key, group] : report.statistics.groups()) counts.add(group);
    return pictureOf(counts, report.statistics.period());
}

Picture dayPicture(const BuildGroup& group, const Period& period) {
    BuildDays counts;
    counts.add(group);
    return pictureOf(counts, period);
}

Picture failureRatePicture(const std::vector<TrendWeek>& weeks) {
    Chart chart = weekChart(ChartKind::columns, "Failure rate by week", "% of the builds that ended");
    addWeeks(chart, weeks, {"failed, %", "failed", {}},
             [](const TrendWeek& week) { return failurePercent(week.figures.states); });
    return described(std::move(chart), failureChange(weeks));
}

Picture processingPicture(const std::vector<TrendWeek>& weeks) {
    return timesPicture(weeks, weekChart(ChartKind::lines, "Processing time by week", "unit not documented"),
                        &BuildTimes::process, processingChange(weeks));
}

Picture queuePicture(const std::vector<TrendWeek>& weeks) {
    return timesPicture(weeks, weekChart(ChartKind::lines, "Queue time by week", "unit not documented"),
                        &BuildTimes::queue, "");
}

Picture sizePicture(const std::vector<TrendWeek>& weeks) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    constexpr double leastStep = 0.05;
    constexpr std::size_t maxVersionColumns = 16;
    Chart chart = weekChart(ChartKind::steps, "Size of the newest build", "MiB");
    addWeeks(chart, weeks, {"size, MiB", "p50", {}}, [](const TrendWeek& week) {
        const auto& size = week.figures.newestSize;
        return size ? std::optional<double>(static_cast<double>(size->bytes) / mebibyte) : std::nullopt;
    });
    const SizeOfBuild* before = nullptr;
    double largest = leastStep;
    std::string note;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        if (!weeks[i].figures.newestSize) continue;
        const SizeOfBuild& size = *weeks[i].figures.newestSize;
        const double step = before != nullptr && before->bytes > 0
                                ? static_cast<double>(size.bytes) / static_cast<double>(before->bytes) - 1
                                : 0;
        before = &size;
        if (std::abs(step) < largest) continue;
        largest = std::abs(step);
        const std::string version =
            shortened(size.versionName.empty() ? "no version" : size.versionName, maxVersionColumns);
        const std::string change = fmt::format("{}{}%", step > 0 ? "+" : "\u2212", shortNumber(100 * std::abs(step)));
        chart.mark = ChartMark{i, change + ' ' + version};
        note = fmt::format("Largest change: {} with {}.", change, version);
    }
    if (before != nullptr && note.empty()) note = "No change of 5% or more.";
    chart.isLastUnfinished = false;  // the newest size is final
    return described(std::move(chart), std::move(note));
}

}  // namespace applivery::program
