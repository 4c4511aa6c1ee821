#include "report/report_charts.hpp"

#include "report/report_labels.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

constexpr std::size_t maxBars = 8;

Chart barChart(const char* title, const char* category, const char* value) {
    Chart chart;
    chart.kind = ChartKind::bars;
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
    return isOne ? "" : pageNameOf(report, app) + " ";
}

std::string versionNameOf(const BuildBrief& build) {
    return build.versionName.empty() ? "no version" : build.versionName;
}

Picture failurePicture(const Report& report) {
    Chart chart = barChart("Failures by errorCode", "errorCode", "failed builds");
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
    return {std::move(chart), others > 0 ? counted(others, "more failure") + " with other codes." : ""};
}

Picture branchPicture(const Report& report) {
    return countPicture(barChart("Builds by branch", "branch", "builds"), report.statistics.branches());
}

Picture uploaderPicture(const Report& report) {
    return countPicture(barChart("Builds by uploader", "uploader", "builds"), report.statistics.uploaders());
}

}  // namespace applivery::program
