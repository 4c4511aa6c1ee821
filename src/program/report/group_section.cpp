#include "report/group_section.hpp"

#include "report/chart_table.hpp"
#include "report/group_table.hpp"
#include "report/report_html.hpp"
#include "report/report_trends.hpp"
#include "report/svg_chart.hpp"
#include "report/trend_charts.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

std::string percentCell(const std::optional<double>& percent) {
    return percent ? fmt::format("{:.1f}", *percent) : "\u2013";
}

std::string sizeCell(const std::optional<BuildSize>& size) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    return size ? groupedNumber(static_cast<double>(size->bytes) / mebibyte) : "\u2013";
}

std::string weekTitle(const TrendWeek& week) {
    const std::string title = weekText(week.monday);
    if (week.isUnfinished) return title + ", unfinished";
    return week.isPartial ? title + ", incomplete" : title;
}

std::string weekRow(const TrendWeek& week) {
    const StateCounts& states = week.statistics.states;
    const BuildTimes& times = week.statistics.times;
    std::string html = fmt::format("<tr><th scope=\"row\">{}</th>", weekTitle(week));
    for (const std::string& cell :
         {countText(states.total()), countText(states.of(BuildStatus::error)), percentCell(failurePercent(states)),
          percentilesText(times.process), percentilesText(times.queue), sizeCell(week.statistics.newestSize)}) {
        html += "<td>" + cell + "</td>";
    }
    return html + "</tr>\n";
}

// Returns the weeks that have a build, newest first.
std::string weeklyTable(const std::vector<TrendWeek>& weeks) {
    std::string html = "<table class=\"weeks\">" +
                       tableHead({"Week (ISO, UTC)", "Builds", "Failed", "Failed, %", "Processing p50 / p90",
                                  "Queue p50 / p90", "Size, MiB"}) +
                       "<tbody>\n";
    for (auto week = weeks.rbegin(); week != weeks.rend(); ++week) {
        if (week->statistics.states.total() > 0) html += weekRow(*week);
    }
    return html + "</tbody></table>";
}

std::string figureOf(const Chart& chart) {
    const std::string title = escapedHtml(chart.title);
    std::string html = "<figure><figcaption>" + title + "</figcaption>\n" + chartSvg(chart);
    if (!chart.note.empty()) html += "<p class=\"note\">" + escapedHtml(chart.note) + "</p>\n";
    if (!chart.isSmall) {
        html += "<details><summary>Table: " + title + "</summary>" +
                scrollable("Table: " + chart.title, chartTableHtml(chart)) + "</details>";
    }
    return html + "</figure>\n";
}

// Returns the sentence that replaces a chart without a value.
std::string sentenceOfEmpty(const Chart& chart) {
    return chart.note.empty() ? chart.textIfEmpty : escapedHtml(chart.title + ": " + chart.note);
}

}  // namespace

std::string chartGrid(const std::vector<Chart>& charts, const char* classes) {
    std::string figures;
    std::string sentences;
    for (const Chart& chart : charts) {
        if (chart.isEmpty()) {
            sentences += (sentences.empty() ? "" : " ") + sentenceOfEmpty(chart);
        } else {
            figures += figureOf(chart);
        }
    }
    std::string html;
    if (!figures.empty()) html += fmt::format("<div class=\"{}\">\n{}</div>\n", classes, figures);
    if (!sentences.empty()) html += "<p class=\"none\">" + sentences + "</p>\n";
    return html;
}

std::string groupSection(const Report& report, const BuildGroup& group, std::size_t position, bool hasTooltips) {
    const Period& period = report.statistics.period();
    const std::vector<TrendWeek> weeks = weeksOf(group, period);
    std::vector<Chart> charts{failureRateChart(weeks), processingTimeChart(weeks), sizeChart(weeks),
                              dailyBuildsChart(group, period)};
    for (Chart& chart : charts) {
        chart.isSmall = true;
        chart.hasTooltips = hasTooltips;
    }
    std::string html = fmt::format("<section class=\"group\" id=\"{}\"><h3>{}</h3>\n", groupAnchor(position),
                                   groupTitle(report, group));
    html += chartGrid(charts, "pictures small");
    if (!weeks.empty()) {
        html += "<details><summary>Table by week: " + groupTitle(report, group) + "</summary>" +
                scrollable("Table by week: " + groupName(report, group), weeklyTable(weeks)) + "</details>\n";
    }
    return html + "</section>\n";
}

}  // namespace applivery::program
