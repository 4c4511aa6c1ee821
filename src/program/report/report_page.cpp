#include "report/report_page.hpp"

#include "report/attention_section.hpp"
#include "report/group_section.hpp"
#include "report/group_table.hpp"
#include "report/report_charts.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "report/report_sections.hpp"
#include "report/report_trends.hpp"
#include "report/svg_chart.hpp"
#include "report/trend_charts.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <applivery/version.hpp>

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

/// Writes the page, section by section.
class ReportPage {
public:
    explicit ReportPage(const Report& report)
        : report_(report),
          now_(report.statistics.period().now),
          attentionItems_(attentionItemsOf(report.statistics, report.unread)),
          groups_(groupsByUrgency(report.statistics, attentionItems_)) {}

    std::string html() {
        addHead();
        out_ += attentionSection(report_, attentionItems_, groups_);
        addTiles();
        addNotes();
        out_ +=
            groupTableSection(report_, attentionItems_, groups_) + failureSection(report_) + profileSection(report_);
        addGroupSections();
        addChartsOfAllBuilds();
        addFoot();
        return std::move(out_);
    }

private:
    void addHead() {
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
{}<header>
<h1>{}</h1>
<p>{}; written {}.</p>
</header>
<main>
)",
                           reportStyleHash, title, reportStyle, svgPatterns(), title, scopeText(), readableTime(now_));
    }

    void addNotes() {
        if (report_.totalsChanged) out_ += fmt::format("<p class=\"note\">Note: {}</p>\n", totalsChangedNote);
    }

    [[nodiscard]] std::string titleText() const {
        constexpr std::size_t maxColumnsOfTitle = 50;
        std::set<std::string> apps;
        for (const ReportedApp& app : report_.apps) apps.insert(app.app);
        for (const auto& [key, group] : report_.statistics.groups()) apps.insert(group.app);
        if (apps.size() > 1) return fmt::format("Builds of {} apps", apps.size());
        const std::string name = apps.empty() ? "" : displayNameOf(report_, *apps.begin());
        return name.empty() ? "Builds" : "Builds of " + escapedHtml(shortened(name, maxColumnsOfTitle));
    }

    // Returns the scope for the head of the page, with a capital letter at the beginning and with the previous period.
    [[nodiscard]] std::string scopeText() const {
        std::string text = scopeOf(report_);  // begins with "all" or "builds"
        text.front() = text.front() == 'a' ? 'A' : 'B';
        if (const auto& previous = report_.statistics.period().previousSince) {
            text += "; before: from " + readableTime(*previous) + " on";
        }
        return escapedHtml(shortened(text, maxColumnsOfLongText));
    }

    void addTiles() {
        StateCounts current;
        StateCounts previous;
        for (const auto& [key, group] : report_.statistics.groups()) current.add(group.states);
        for (const auto& [key, summary] : report_.statistics.previous()) previous.add(summary.states);
        const auto percent = failurePercent(current);
        out_ += "<section class=\"tiles\" aria-label=\"Summary\">\n";
        addTile("builds", current.total(), previous.total(), "");
        addTile("processed", current.of(BuildStatus::processed), previous.of(BuildStatus::processed), "");
        addTile("failed", current.of(BuildStatus::error), previous.of(BuildStatus::error),
                percent ? fmt::format("{:.1f}% of those that ended", *percent) : "");
        addTile("waiting", current.waiting(), previous.waiting(),
                current.waiting() == 0 ? "" : "pending or in progress");
        out_ += "</section>\n";
    }

    static std::string changeText(std::int64_t change) {
        if (change == 0) return "as many as before";
        return change > 0 ? countText(change) + " more than before" : countText(-change) + " fewer than before";
    }

    // Adds a tile. If the report compares periods, the tile has the difference from the previous period.
    void addTile(const char* name, std::int64_t count, std::int64_t previous, std::string note) {
        if (report_.statistics.period().previousSince) {
            note += (note.empty() ? "" : "; ") + changeText(count - previous);
        }
        out_ += fmt::format("<div class=\"tile\"><span>{}</span><strong>{}</strong><small>{}</small></div>\n", name,
                            countText(count), note);
    }

    void addGroupSections() {
        constexpr std::size_t maxGroupsWithTooltips = 6;
        if (groups_.empty()) return;
        out_ +=
            "<section><h2>Trends</h2>\n<p class=\"note\">At most 26 weeks and 90 days. Comparisons leave out what is "
            "unfinished.</p>\n";
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            out_ += groupSection(report_, *groups_[i], i, groups_.size() <= maxGroupsWithTooltips);
        }
        out_ += "</section>\n";
    }

    void addChartsOfAllBuilds() {
        if (groups_.empty()) return;
        const std::vector<TrendWeek> weeks = weeksOf(report_);
        std::vector<Chart> charts;
        if (groups_.size() > 1) {  // the section of a single group has these charts
            charts.push_back(dailyBuildsChart(report_));
            charts.push_back(failureRateChart(weeks));
        }
        charts.push_back(queueTimeChart(weeks));
        charts.push_back(failureChart(report_));
        charts.push_back(branchChart(report_));
        charts.push_back(uploaderChart(report_));
        out_ += "<section><h2>All builds</h2>\n" + chartGrid(charts, "pictures") + "</section>\n";
    }

    void addFoot() {
        const std::vector<std::string> incomplete = incompleteTables(report_);
        out_ += fmt::format(
            "</main>\n<footer><p>applivery-builds {}. Days and weeks are those of UTC.{}</p></footer>\n"
            "</body>\n</html>\n",
            version(),
            incomplete.empty()
                ? ""
                : fmt::format(" Rows beyond a limit are omitted from the tables: {}.", fmt::join(incomplete, ", ")));
    }

    const Report& report_;
    const TimePoint now_;
    const std::vector<AttentionItem> attentionItems_;
    const std::vector<const BuildGroup*> groups_;
    std::string out_;
};

}  // namespace

std::string reportPage(const Report& report) {
    return ReportPage(report).html();
}

}  // namespace applivery::program
