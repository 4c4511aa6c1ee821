#include "report/report_charts.hpp"

#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace applivery::program {
namespace {

constexpr std::size_t maxBars = 12;

using ByDay = std::map<Days, StateCounts>;
using ByWeek = std::map<Days, BuildTimes>;

std::string countedAs(std::int64_t count, const char* singular, const char* plural) {
    return groupedNumber(static_cast<double>(count)) + ' ' + (count == 1 ? singular : plural);
}

// Returns the last `count` steps up to now, from the first that is in the map. If none is: the steps up to the last in
// the map.
template <typename Map>
std::vector<Days> window(const Map& map, Days now, Days step, int count) {
    if (map.empty()) return {};
    const Days last = map.rbegin()->first;
    const Days end = last > now - step * count ? std::max(now, last) : last;
    const Days begin = map.lower_bound(end - step * (count - 1))->first;
    std::vector<Days> days;
    for (Days day = begin; day <= end; day += step) days.push_back(day);
    return days;
}

void addDay(Chart& chart, Days day, const StateCounts& states) {
    chart.categories.push_back(dayText(day));
    const std::array<std::int64_t, 5> counts{states.of(BuildStatus::processed), states.of(BuildStatus::error),
                                             states.of(BuildStatus::inProgress), states.of(BuildStatus::pending),
                                             states.of(BuildStatus::unknown)};
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        chart.series[i].values.emplace_back(static_cast<double>(counts.at(i)));
    }
}

Chart weekChart(const std::string& os, std::size_t number, const char* name, const char* title) {
    Chart chart;
    chart.kind = ChartKind::lines;
    chart.id = fmt::format("{}-{}", name, number);
    chart.title = fmt::format("{}, {}", title, os.empty() ? "no system" : os);
    chart.description =
        "Median and 90th percentile of each week, in the service's unit, which is not documented. The table contains "
        "the "
        "values.";
    chart.categoryTitle = "week (ISO, UTC)";
    chart.valueTitle = fmt::format("{} (unit not documented)", title);
    chart.series = {{"median (p50)", "p50", {}}, {"90th percentile (p90)", "p90", {}}};
    return chart;
}

void addWeek(Chart& chart, Days monday, const Percentiles& times) {
    chart.categories.push_back(weekText(monday));
    chart.series[0].values.push_back(times.at(0.5));
    chart.series[1].values.push_back(times.at(0.9));
}

// Returns the systems, by falling number of builds.
std::vector<std::string> systemsOf(const Report& report) {
    std::map<std::string, std::int64_t> builds;
    for (const auto& [key, group] : report.statistics.groups()) builds[group.os] += group.states.total();
    std::vector<std::string> systems;
    systems.reserve(builds.size());
    for (const auto& [os, count] : builds) systems.push_back(os);
    std::stable_sort(systems.begin(), systems.end(),
                     [&](const auto& a, const auto& b) { return builds.at(a) > builds.at(b); });
    return systems;
}

ByWeek weeksOf(const Report& report, const std::string& os) {
    ByWeek weeks;
    for (const auto& [key, group] : report.statistics.groups()) {
        if (group.os != os) continue;
        for (const auto& [monday, week] : group.weeks) {
            weeks[monday].process.add(week.times.process);
            weeks[monday].queue.add(week.times.queue);
        }
    }
    return weeks;
}

Chart barChart(const char* id, const char* title, const char* category, const char* value) {
    Chart chart;
    chart.kind = ChartKind::bars;
    chart.id = id;
    chart.title = title;
    chart.categoryTitle = category;
    chart.valueTitle = value;
    chart.series = {{value, "bar", {}}};
    return chart;
}

void addBar(Chart& chart, std::string category, std::optional<double> value) {
    chart.categories.push_back(std::move(category));
    chart.series[0].values.push_back(value);
}

void describeBars(Chart& chart) {
    chart.description =
        fmt::format("{} bars, the longest of {}. The table contains the values.", chart.categories.size(),
                    chart.categories.empty() ? "none" : chart.categories.front());
}

// Draws the least number of builds that each text can have: if there were too many texts, some counts are estimates.
Picture countPicture(Chart chart, const TopCounts& counts) {
    const std::vector<TopCount> shown = counts.top(maxBars);
    std::int64_t error = 0;
    for (const TopCount& top : shown) {
        addBar(chart, top.text, static_cast<double>(top.atLeast()));
        error = std::max(error, top.error);
    }
    describeBars(chart);
    std::string note;
    if (!counts.isExact()) {
        note = fmt::format(
            "There are more than {}. Shown are only those that are certainly among the {} with the most builds.",
            TopCounts::capacity, maxBars);
    } else if (shown.size() < counts.size()) {
        note = fmt::format("The {} with the most builds; {} more omitted.", maxBars, counts.size() - shown.size());
    }
    if (error > 0) {
        chart.valueTitle = "builds, at least";
        chart.series.front().name = chart.valueTitle;
        note += fmt::format(" Each may have up to {} more builds.", groupedNumber(static_cast<double>(error)));
    }
    return {std::move(chart), std::move(note)};
}

}  // namespace

std::string appPrefix(const Report& report, const std::string& app) {
    const auto& groups = report.statistics.groups();
    const bool isOne = groups.empty() || groups.begin()->first.first == groups.rbegin()->first.first;
    return isOne ? "" : app + " ";
}

std::string versionNameOf(const BuildBrief& build) {
    return build.versionName.empty() ? "no version" : build.versionName;
}

Picture dayPicture(const Report& report) {
    constexpr int dayCount = 90;
    ByDay days;
    StateCounts undated;
    std::int64_t builds = 0;
    for (const auto& [key, group] : report.statistics.groups()) {
        for (const auto& [day, states] : group.days) days[day].add(states);
        undated.add(group.undated);
        builds += group.states.total();
    }
    Chart chart;
    chart.kind = ChartKind::columns;
    chart.id = "days";
    chart.title = "Builds a day";
    chart.categoryTitle = "day (UTC)";
    chart.valueTitle = "builds";
    chart.hasWholeValues = true;
    chart.series = {{"processed", "processed", {}},
                    {"failed", "failed", {}},
                    {"in progress", "progress", {}},
                    {"pending", "pending", {}},
                    {"other", "other", {}}};
    StateCounts shown;
    for (const Days day : window(days, dayOf(report.statistics.period().now), Days{1}, dayCount)) {
        addDay(chart, day, days[day]);
        shown.add(days[day]);
    }
    if (shown.of(BuildStatus::unknown) == 0) chart.series.pop_back();
    if (!chart.categories.empty()) {
        chart.description =
            fmt::format("{} from {} to {}: {} processed, {} failed, {} waiting.", counted(shown.total(), "build"),
                        chart.categories.front(), chart.categories.back(), shown.of(BuildStatus::processed),
                        shown.of(BuildStatus::error), shown.waiting());
    }
    const std::int64_t earlier = builds - shown.total() - undated.total();
    std::string note;
    if (earlier > 0) note += countedAs(earlier, "earlier build is", "earlier builds are") + " omitted. ";
    if (undated.total() > 0) {
        note +=
            countedAs(undated.total(), "build has", "builds have") + " no day: the time is unknown or in the future.";
    }
    return {std::move(chart), std::move(note)};
}

std::vector<Picture> weekPictures(const Report& report) {
    constexpr int weekCount = 26;
    constexpr std::size_t maxSystems = 4;
    constexpr Days week{7};
    std::vector<std::string> systems = systemsOf(report);
    const auto others = static_cast<std::int64_t>(systems.size() - std::min(systems.size(), maxSystems));
    systems.resize(std::min(systems.size(), maxSystems));
    std::vector<Picture> pictures;
    for (const std::string& os : systems) {
        const std::size_t number = pictures.size();
        Chart process = weekChart(os, number, "process", "processing time");
        Chart queue = weekChart(os, number, "queue", "queue time");
        ByWeek weeks = weeksOf(report, os);
        const auto shown = window(weeks, mondayOf(dayOf(report.statistics.period().now)), week, weekCount);
        const auto earlier = shown.empty() ? 0 : std::distance(weeks.begin(), weeks.lower_bound(shown.front()));
        for (const Days monday : shown) {
            addWeek(process, monday, weeks[monday].process);
            addWeek(queue, monday, weeks[monday].queue);
        }
        const std::string note = earlier > 0 ? counted(earlier, "earlier week") + " omitted." : "";
        pictures.push_back({std::move(process), note});
        pictures.push_back({std::move(queue), note});
    }
    if (others > 0) pictures.back().note += ' ' + counted(others, "more system") + " omitted.";
    return pictures;
}

Picture sizePicture(const Report& report) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    constexpr std::size_t maxRows = 40;
    Chart chart = barChart("sizes", "Size of the newest builds", "version and system", "MiB");
    const auto& groups = report.statistics.groups();
    const std::size_t each = std::clamp<std::size_t>(24 / std::max<std::size_t>(groups.size(), 1), 1, 8);
    std::size_t largest = 0;
    std::int64_t builds = 0;
    for (const auto& [key, group] : groups) {
        builds += std::count_if(group.versions.begin(), group.versions.end(),
                                [](const BuildBrief& build) { return build.size.has_value(); });
        for (std::size_t i = 0; i < std::min(each, group.versions.size()) && chart.categories.size() < maxRows; ++i) {
            const BuildBrief& build = group.versions[i];
            if (!build.size) continue;
            addBar(chart, fmt::format("{}{} {}", appPrefix(report, group.app), group.os, versionNameOf(build)),
                   static_cast<double>(*build.size) / mebibyte);
            const auto& values = chart.series[0].values;
            if (*values.back() > *values[largest]) largest = values.size() - 1;
        }
    }
    if (!chart.isEmpty()) {
        chart.description = fmt::format("{} builds; the largest is {} with {} MiB. The table contains the values.",
                                        chart.categories.size(), chart.categories[largest],
                                        groupedNumber(*chart.series[0].values[largest]));
    }
    const std::int64_t others = builds - static_cast<std::int64_t>(chart.categories.size());
    return {std::move(chart), "The newest build of each of the newest versions" +
                                  (others > 0 ? "; " + counted(others, "more build") + " omitted." : ".")};
}

Picture failurePicture(const Report& report) {
    Chart chart = barChart("failures", "Failures by errorCode", "errorCode", "failed builds");
    std::vector<std::pair<std::string, std::int64_t>> causes;
    for (const auto& [code, cause] : report.statistics.failures()) causes.emplace_back(code, cause.count);
    std::stable_sort(causes.begin(), causes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::int64_t others = report.statistics.failuresByOtherCauses();
    for (std::size_t i = 0; i < causes.size(); ++i) {
        if (i < maxBars) {
            addBar(chart, causes[i].first.empty() ? "no code" : causes[i].first, static_cast<double>(causes[i].second));
        } else {
            others += causes[i].second;
        }
    }
    describeBars(chart);
    return {std::move(chart),
            others > 0 ? countedAs(others, "more failure", "more failures") + " with other codes." : ""};
}

Picture branchPicture(const Report& report) {
    return countPicture(barChart("branches", "Builds by branch", "branch", "builds"), report.statistics.branches());
}

Picture uploaderPicture(const Report& report) {
    return countPicture(barChart("uploaders", "Builds by uploader", "uploader", "builds"),
                        report.statistics.uploaders());
}

}  // namespace applivery::program
