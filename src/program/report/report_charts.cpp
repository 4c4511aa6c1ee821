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

Chart barChart(const char* title, const char* categoryTitle, const char* valueTitle, const char* textIfEmpty) {
    Chart chart;
    chart.kind = ChartKind::bars;
    chart.title = title;
    chart.textIfEmpty = textIfEmpty;
    chart.categoryTitle = categoryTitle;
    chart.valueTitle = valueTitle;
    chart.series = {{valueTitle, "bar", {}}};
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

// Adds bars for the most frequent texts. If there are too many texts, counts are estimates, and each bar has the least
// number of builds that its text can have.
Chart withTopCounts(Chart chart, const TopCounts& counts) {
    const std::vector<TopCount> topTexts = counts.top(maxBars);
    std::int64_t largestError = 0;
    for (const TopCount& top : topTexts) {
        addBar(chart, top.text, static_cast<double>(top.atLeast()));
        largestError = std::max(largestError, top.error);
    }
    describeBars(chart);
    if (!counts.isExact()) {
        chart.note = fmt::format(
            "There are more than {}. Shown are only those that are certainly among the {} with the most builds.",
            TopCounts::capacity, maxBars);
    } else if (topTexts.size() < counts.size()) {
        chart.note =
            fmt::format("The {} with the most builds; {} more omitted.", maxBars, counts.size() - topTexts.size());
    }
    if (largestError > 0) {
        chart.valueTitle = "builds, at least";
        chart.series.front().name = chart.valueTitle;
        chart.note +=
            fmt::format(" Each may have up to {} more builds.", groupedNumber(static_cast<double>(largestError)));
    }
    return chart;
}

}  // namespace

std::string appPrefix(const Report& report, const std::string& app) {
    const auto& groups = report.statistics.groups();
    const bool isOneApp = groups.empty() || groups.begin()->first.app == groups.rbegin()->first.app;
    return isOneApp ? "" : displayNameOf(report, app) + " ";
}

std::string versionNameOf(const BuildBrief& build) {
    return build.versionName.empty() ? "no version" : build.versionName;
}

Chart failureChart(const Report& report) {
    struct CodeCount {
        std::string code;
        std::int64_t failures;
    };
    std::vector<CodeCount> counts;
    for (const auto& [code, cause] : report.statistics.failures()) counts.push_back({code, cause.count});
    std::stable_sort(counts.begin(), counts.end(),
                     [](const CodeCount& a, const CodeCount& b) { return a.failures > b.failures; });
    Chart chart = barChart("Failures by errorCode", "errorCode", "failed builds", "No build failed.");
    std::int64_t otherFailures = report.statistics.failuresByOtherCodes();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (i < maxBars) {
            addBar(chart, counts[i].code.empty() ? "no code" : counts[i].code, static_cast<double>(counts[i].failures));
        } else {
            otherFailures += counts[i].failures;
        }
    }
    describeBars(chart);
    if (otherFailures > 0) chart.note = counted(otherFailures, "more failure") + " with other codes.";
    return chart;
}

Chart branchChart(const Report& report) {
    return withTopCounts(barChart("Builds by branch", "branch", "builds", "No build has a branch."),
                         report.statistics.branches());
}

Chart uploaderChart(const Report& report) {
    return withTopCounts(barChart("Builds by uploader", "uploader", "builds", "No build has an uploader."),
                         report.statistics.uploaders());
}

}  // namespace applivery::program
