#include "report/report_page.hpp"

#include "report/attention_section.hpp"
#include "report/group_section.hpp"
#include "report/group_table.hpp"
#include "report/report_charts.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "report/report_sections.hpp"
#include "report/report_trends.hpp"
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
          attentions_(attentionsOf(report.statistics, report.unread)),
          groups_(groupsByUrgency(report.statistics, attentions_)) {}

    std::string html() {
        open();
        out_ += attentionSection(report_, attentions_, groups_);
        tiles();
        notes();
        out_ += groupTableSection(report_, attentions_, groups_) + failureSection(report_) + profileSection(report_);
        groupSections();
        pictures();
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
{}<header>
<h1>{}</h1>
<p>{}; written {}.</p>
</header>
<main>
)",
                           reportStyleHash, title, reportStyle, svgPatterns(), title, scopeText(), readable(now_));
    }

    void notes() {
        if (report_.totalsChanged) out_ += fmt::format("<p class=\"note\">Note: {}</p>\n", totalsChangedNote);
    }

    [[nodiscard]] std::string titleText() const {
        std::set<std::string> apps;
        for (const ReportedApp& app : report_.apps) apps.insert(app.app);
        for (const auto& [key, group] : report_.statistics.groups()) apps.insert(group.app);
        if (apps.size() > 1) return fmt::format("Builds of {} apps", apps.size());
        const std::string name = apps.empty() ? "" : pageNameOf(report_, *apps.begin());
        return name.empty() ? "Builds" : "Builds of " + htmlText(shortened(name, 50));
    }

    // Returns the scope with a capital letter.
    [[nodiscard]] std::string scopeText() const {
        std::string text = scopeOf(report_);
        text.front() = text.front() == 'a' ? 'A' : 'B';
        if (const auto& previous = report_.statistics.period().previousSince) {
            text += "; before: from " + readable(*previous) + " on";
        }
        return htmlText(shortened(text, maxColumnsOfLongText));
    }

    void tiles() {
        StateCounts all;
        StateCounts before;
        for (const auto& [key, group] : report_.statistics.groups()) all.add(group.states);
        for (const auto& [key, figures] : report_.statistics.previous()) before.add(figures.states);
        const auto percent = failurePercent(all);
        out_ += "<section class=\"tiles\" aria-label=\"Summary\">\n";
        tile("builds", all.total(), before.total(), "");
        tile("processed", all.of(BuildStatus::processed), before.of(BuildStatus::processed), "");
        tile("failed", all.of(BuildStatus::error), before.of(BuildStatus::error),
             percent ? fmt::format("{:.1f}% of those that ended", *percent) : "");
        tile("waiting", all.waiting(), before.waiting(), all.waiting() == 0 ? "" : "pending or in progress");
        out_ += "</section>\n";
    }

    // Adds the difference to the period before, if that was read.
    void tile(const char* name, std::int64_t count, std::int64_t before, std::string note) {
        if (report_.statistics.period().previousSince) {
            const std::int64_t more = count - before;
            if (!note.empty()) note += "; ";
            note += more == 0  ? "as many as before"
                    : more > 0 ? shownCount(more) + " more than before"
                               : shownCount(-more) + " fewer than before";
        }
        out_ += fmt::format("<div class=\"tile\"><span>{}</span><strong>{}</strong><small>{}</small></div>\n", name,
                            shownCount(count), note);
    }

    void groupSections() {
        constexpr std::size_t mostWithTooltips = 6;
        if (groups_.empty()) return;
        out_ +=
            "<section><h2>Trends</h2>\n<p class=\"note\">At most 26 weeks and 90 days. Comparisons leave out what is "
            "unfinished.</p>\n";
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            out_ += groupSection(report_, *groups_[i], i, groups_.size() <= mostWithTooltips);
        }
        out_ += "</section>\n";
    }

    void pictures() {
        if (groups_.empty()) return;
        const std::vector<TrendWeek> weeks = weeksOf(report_);
        std::vector<FigureContent> figures;
        if (groups_.size() > 1) {  // otherwise the section of the group has these charts
            figures.push_back({dayPicture(report_), "No build has a known day."});
            figures.push_back({failureRatePicture(weeks), "No build of a known week ended."});
        }
        figures.push_back({queuePicture(weeks), "No build of a known week has a queue time."});
        figures.push_back({failurePicture(report_), "No build failed."});
        figures.push_back({branchPicture(report_), "No build has a branch."});
        figures.push_back({uploaderPicture(report_), "No build has an uploader."});
        out_ += "<section><h2>All builds</h2>\n" + figuresOf(figures, "pictures") + "</section>\n";
    }

    void close() {
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
    const std::vector<Attention> attentions_;
    const std::vector<const BuildGroup*> groups_;
    std::string out_;
};

}  // namespace

std::string reportPage(const Report& report) {
    return ReportPage(report).html();
}

}  // namespace applivery::program
