#include "report/report_page.hpp"

#include "report/report_charts.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "report/report_sections.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <applivery/version.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace applivery::program {
namespace {

/// Writes the page, section by section.
class ReportPage {
public:
    explicit ReportPage(const Report& report) : report_(report), now_(report.statistics.period().now) {}

    std::string html() {
        open();
        tiles();
        groups();
        pictures();
        out_ += failureSection(report_) + profileSection(report_);
        close();
        return std::move(out_);
    }

private:
    void open() {
        const std::string title = titleText();
        out_ = fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{}</title>
<style>{}</style>
</head>
<body>
<header>
<h1>{}</h1>
<p>{}; written {}.</p>
</header>
<main>
)",
                           reportStyleHash, title, reportStyle, title, scopeText(), readable(now_));
        if (report_.totalsChanged) out_ += fmt::format("<p class=\"note\">Note: {}</p>\n", totalsChangedNote);
        if (report_.isComplete()) return;
        out_ +=
            "<section class=\"warning\" role=\"note\"><h2>Incomplete</h2>\n<p>Builds of these apps are "
            "missing:</p><ul>\n";
        for (const UnreadApp& app : report_.unread)
            out_ += "<li>" + shown(app.message, maxColumnsOfLongText) + "</li>\n";
        out_ += "</ul></section>\n";
    }

    [[nodiscard]] std::string titleText() const {
        std::set<std::string> apps;
        std::string name;
        for (const auto& [key, group] : report_.statistics.groups()) {
            apps.insert(group.app);
            if (name.empty()) name = group.appName.empty() ? group.app : group.appName;
        }
        if (apps.size() > 1) return fmt::format("Builds of {} apps", apps.size());
        return name.empty() ? "Builds" : "Builds of " + htmlText(shortened(name, 80));
    }

    // Returns the scope with a capital letter.
    [[nodiscard]] std::string scopeText() const {
        std::string text = scopeOf(report_);
        text.front() = text.front() == 'a' ? 'A' : 'B';
        return htmlText(shortened(text, maxColumnsOfLongText));
    }

    void tiles() {
        StateCounts all;
        for (const auto& [key, group] : report_.statistics.groups()) all.add(group.states);
        const std::int64_t failed = all.of(BuildStatus::error);
        const std::int64_t ended = failed + all.of(BuildStatus::processed);
        const std::string share = ended == 0
                                      ? ""
                                      : fmt::format("{:.1f}% of those that ended",
                                                    100.0 * static_cast<double>(failed) / static_cast<double>(ended));
        out_ += "<section class=\"tiles\" aria-label=\"Summary\">\n";
        tile("builds", shownCount(all.total()), "");
        tile("processed", shownCount(all.of(BuildStatus::processed)), "");
        tile("failed", shownCount(failed), share);
        tile("waiting", shownCount(all.waiting()), all.waiting() == 0 ? "" : "pending or in progress");
        out_ += "</section>\n";
    }

    void tile(const char* name, const std::string& value, const std::string& note) {
        out_ += fmt::format("<div class=\"tile\"><span>{}</span><strong>{}</strong><small>{}</small></div>\n", name,
                            value, note);
    }

    void groups() {
        out_ += "<section><h2>By app and system</h2>\n";
        if (report_.statistics.groups().empty()) {
            out_ += "<p class=\"none\">There are no builds.</p></section>\n";
            return;
        }
        out_ += "<div class=\"wide\"><table>" +
                tableHead({"App", "System", "Newest build", "Newest processed", "Waiting", "Failed",
                           "Processing time<br>p50 / p90", "Queue time<br>p50 / p90"}) +
                "<tbody>\n";
        for (const auto& [key, group] : report_.statistics.groups()) out_ += groupRow(group);
        out_ += "</tbody></table></div>\n<p class=\"note\">" + timesNote() + "</p></section>\n";
    }

    [[nodiscard]] std::string groupRow(const BuildGroup& group) const {
        const std::int64_t failed = group.states.of(BuildStatus::error);
        const std::int64_t ended = failed + group.states.of(BuildStatus::processed);
        const std::int64_t waiting = group.states.waiting();
        return tableRow(
            {shown(appLabel(report_, group.app)), shown(group.os),
             shownVersion(*group.newest) + "<br><small>" + shown(group.newest->status.text()) + agoOf(group.newest) +
                 "</small>",
             group.newestProcessed
                 ? shownVersion(*group.newestProcessed) + "<br><small>" + agoOf(group.newestProcessed) + "</small>"
                 : "none",
             waiting == 0 ? "0"
                          : shownCount(waiting) + "<br><small>the oldest" + agoOf(group.oldestWaiting) + "</small>",
             fmt::format("{}<br><small>of {} that ended</small>", shownCount(failed), shownCount(ended)),
             percentiles(group.times.process), percentiles(group.times.queue)});
    }

    [[nodiscard]] std::string agoOf(const std::optional<BuildBrief>& build) const {
        if (!build || !build->createdAt) return " at an unknown time";
        return ' ' + ageText(ageOf(*build->createdAt, now_)) + " ago";
    }

    static std::string percentiles(const Percentiles& times) {
        return medianAndP90(times, "\u2248 ", " / ").value_or("\u2013");
    }

    static std::string timesNote() {
        return fmt::format(
            "p50 is the median, p90 the 90th percentile. Processing and queue times are in the service's unit, which "
            "is "
            "not documented. Percentiles of more than {} builds (\u2248) have an error of at most {:.0f}%.",
            shownCount(static_cast<std::int64_t>(Percentiles::exactUpTo)), Percentiles::relativeError * 100);
    }

    void pictures() {
        out_ += "<section><h2>Charts</h2>\n<div class=\"pictures\">\n";
        picture(dayPicture(report_), "No build has a known day.");
        for (const Picture& week : weekPictures(report_)) picture(week, "No build has such a time.");
        picture(failurePicture(report_), "No build failed.");
        picture(sizePicture(report_), "No build has a size.");
        picture(branchPicture(report_), "No build has a branch.");
        picture(uploaderPicture(report_), "No build has an uploader.");
        out_ += "</div></section>\n";
    }

    void picture(const Picture& picture, const char* none) {
        const Chart& chart = picture.chart;
        const std::string title = htmlText(chart.title);
        out_ += "<figure><figcaption>" + title + "</figcaption>\n";
        if (chart.isEmpty()) {
            out_ += fmt::format("<p class=\"none\">{}</p></figure>\n",
                                picture.note.empty() ? none : htmlText(picture.note));
            return;
        }
        out_ += svgOf(chart);
        if (!picture.note.empty()) out_ += "<p class=\"note\">" + htmlText(picture.note) + "</p>\n";
        out_ += "<details><summary>Table: " + title + "</summary><div class=\"wide\">" + htmlTableOf(chart) +
                "</div></details></figure>\n";
    }

    void close() {
        out_ += fmt::format(
            "</main>\n<footer><p>applivery-builds {}. Days and weeks are those of UTC.</p></footer>\n"
            "</body>\n</html>\n",
            version());
    }

    const Report& report_;
    const TimePoint now_;
    std::string out_;
};

}  // namespace

std::string reportPage(const Report& report) {
    return ReportPage(report).html();
}

}  // namespace applivery::program
