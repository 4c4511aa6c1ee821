#include "report/group_section.hpp"

#include "report/group_table.hpp"
#include "report/report_html.hpp"
#include "report/report_trends.hpp"
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

std::string weekRow(const TrendWeek& week) {
    constexpr double mebibyte = 1024.0 * 1024.0;
    const BuildWeek& figures = week.figures;
    const std::string size =
        figures.newestSize ? groupedNumber(static_cast<double>(figures.newestSize->bytes) / mebibyte) : "\u2013";
    std::string html = fmt::format("<tr><th scope=\"row\">{}{}</th>", weekText(week.monday),
                                   week.isUnfinished ? ", unfinished"
                                   : week.isPartial  ? ", incomplete"
                                                     : "");
    for (const std::string& cell :
         {shownCount(figures.states.total()), shownCount(figures.states.of(BuildStatus::error)),
          percentCell(failurePercent(figures.states)), shownPercentiles(figures.times.process),
          shownPercentiles(figures.times.queue), size}) {
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
        if (week->figures.states.total() > 0) html += weekRow(*week);
    }
    return html + "</tbody></table>";
}

std::string figureOf(const Picture& picture) {
    const Chart& chart = picture.chart;
    const std::string title = htmlText(chart.title);
    std::string html = "<figure><figcaption>" + title + "</figcaption>\n" + svgOf(chart);
    if (!picture.note.empty()) html += "<p class=\"note\">" + htmlText(picture.note) + "</p>\n";
    if (!chart.isSmall) {
        html += "<details><summary>Table: " + title + "</summary>" +
                scrollable("Table: " + chart.title, htmlTableOf(chart)) + "</details>";
    }
    return html + "</figure>\n";
}

}  // namespace

std::string figuresOf(const std::vector<FigureContent>& figures, const char* classes) {
    std::string drawn;
    std::string sentences;
    for (const FigureContent& figure : figures) {
        const Picture& picture = figure.picture;
        if (picture.chart.isEmpty()) {
            sentences += (sentences.empty() ? "" : " ") +
                         (picture.note.empty() ? figure.none : htmlText(picture.chart.title + ": " + picture.note));
        } else {
            drawn += figureOf(picture);
        }
    }
    std::string html;
    if (!drawn.empty()) html += fmt::format("<div class=\"{}\">\n{}</div>\n", classes, drawn);
    if (!sentences.empty()) html += "<p class=\"none\">" + sentences + "</p>\n";
    return html;
}

std::string groupSection(const Report& report, const BuildGroup& group, std::size_t number, bool hasTooltips) {
    const Period& period = report.statistics.period();
    const std::vector<TrendWeek> weeks = weeksOf(group, period);
    std::string html =
        fmt::format("<section class=\"group\" id=\"{}\"><h3>{}</h3>\n", groupAnchor(number), groupTitle(report, group));
    std::vector<FigureContent> figures{{failureRatePicture(weeks), "No build of a known week ended."},
                                       {processingPicture(weeks), "No build of a known week has a processing time."},
                                       {sizePicture(weeks), "No build of a known week has a size."},
                                       {dayPicture(group, period), "No build has a known day."}};
    for (FigureContent& figure : figures) {
        figure.picture.chart.isSmall = true;
        figure.picture.chart.hasTooltips = hasTooltips;
    }
    html += figuresOf(figures, "pictures small");
    if (!weeks.empty()) {
        const std::string name = groupName(report, group);
        html += "<details><summary>Table by week: " + groupTitle(report, group) + "</summary>" +
                scrollable("Table by week: " + name, weeklyTable(weeks)) + "</details>\n";
    }
    return html + "</section>\n";
}

}  // namespace applivery::program
