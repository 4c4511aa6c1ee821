#include "report/group_table.hpp"

#include "report/group_orders.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "report/report_trends.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <utility>

namespace applivery::program {
namespace {

std::string agoOf(const BuildBrief& build, TimePoint now) {
    if (!build.createdAt) return "at an unknown time";
    return ageText(ageOf(*build.createdAt, now)) + " ago";
}

std::string newestCell(const BuildBrief& build, TimePoint now) {
    return shownVersion(build) + "<br><small>" + shown(build.status.text()) + ' ' + agoOf(build, now) +
           buildLinks(build) + "</small>";
}

std::string newestProcessedCell(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return "none";
    return shownVersion(*build) + "<br><small>" + agoOf(*build, now) + "</small>";
}

std::string beforeText(const std::string& text) {
    return "<br><small>before: " + text + "</small>";
}

const PeriodFigures* figuresBefore(const Report& report, const GroupKey& key) {
    const auto& previous = report.statistics.previous();
    const auto found = previous.find(key);
    return found == previous.end() ? nullptr : &found->second;
}

std::string failuresText(const StateCounts& states) {
    return fmt::format("{} of {}", shownCount(states.of(BuildStatus::error)), shownCount(states.ended()));
}

std::string failuresCell(const StateCounts& states, const PeriodFigures* before) {
    std::string html = fmt::format("{}<br><small>of {} that ended</small>", shownCount(states.of(BuildStatus::error)),
                                   shownCount(states.ended()));
    if (before != nullptr) html += beforeText(failuresText(before->states));
    return html;
}

// Returns the kinds of attention that the group requires, such as `failed, stuck`, as HTML.
std::string marksOf(const std::vector<Attention>& attentions, const BuildGroup& group) {
    std::string marks;
    for (const Attention& attention : attentions) {
        const bool isOfGroup =
            attention.app == group.app && (attention.kind == AttentionKind::unread || attention.os == group.os);
        if (!isOfGroup) continue;
        marks += (marks.empty() ? " <strong class=\"mark\">" : ", ") + std::string(toText(attention.kind));
    }
    return marks.empty() ? "" : marks + "</strong>";
}

// Returns the id that the user gave for the app. Empty if the row already shows the id as the name of the app.
std::string idOf(const Report& report, const std::string& app) {
    const bool isShown = app.empty() || pageNameOf(report, app) == app;
    return isShown ? "" : ' ' + shownCode(app);
}

std::string groupRow(const Report& report, const std::vector<Attention>& attentions, const BuildGroup& group,
                     std::size_t number) {
    const TimePoint now = report.statistics.period().now;
    const std::int64_t waiting = group.states.waiting();
    const PeriodFigures* const before = figuresBefore(report, {group.app, group.os});
    return tableRow(
        {fmt::format("<a href=\"#{}\">{}</a><br><small>{}{}</small>{}", groupAnchor(number),
                     shown(pageNameOf(report, group.app)), shown(group.os), idOf(report, group.app),
                     marksOf(attentions, group)),
         newestCell(*group.newest, now), newestProcessedCell(newestProcessedOf(report, group), now),
         waiting == 0 ? "0"
                      : shownCount(waiting) + "<br><small>the oldest " + agoOf(*group.oldestWaiting, now) + "</small>",
         failuresCell(group.states, before),
         shownPercentiles(group.times.process) + (before ? beforeText(shownPercentiles(before->times.process)) : ""),
         shownPercentiles(group.times.queue) + (before ? beforeText(shownPercentiles(before->times.queue)) : "")});
}

// Returns a row without figures, for an app or a system without builds in the period.
std::string emptyRow(const Report& report, const std::string& app, const std::string& os, bool isRead) {
    const TimePoint now = report.statistics.period().now;
    const PeriodFigures* const before = figuresBefore(report, {app, os});
    const std::string dash = "\u2013";
    BuildGroup none;
    none.app = app;
    none.os = os;
    return tableRow(
        {fmt::format("{}<br><small>{}{}</small>{}", shown(pageNameOf(report, app)), os.empty() ? "" : shown(os),
                     idOf(report, app), isRead ? "" : " <strong class=\"mark\">unread</strong>"),
         isRead ? "no builds" : "unknown",
         isRead ? newestProcessedCell(newestProcessedOf(report, none), now) : "unknown", dash,
         before ? dash + beforeText(failuresText(before->states)) : dash, dash, dash});
}

// Returns the systems of an app that have a build before the period, and none in it.
std::set<std::string> quietSystemsOf(const Report& report, const ReportedApp& app) {
    std::set<std::string> systems;
    for (const auto& [os, build] : app.newestProcessed) systems.insert(os);
    for (const auto& [key, figures] : report.statistics.previous()) {
        if (key.first == app.app) systems.insert(key.second);
    }
    for (const auto& [key, group] : report.statistics.groups()) {
        if (key.first == app.app) systems.erase(key.second);
    }
    return systems;
}

/// Selects the apps of emptyRows().
enum class ReadState { unread, read };

// Returns a row for each system without builds in the period, and a row for each app without any system.
std::string emptyRows(const Report& report, ReadState state) {
    const bool areRead = state == ReadState::read;
    const auto& groups = report.statistics.groups();
    std::string rows;
    for (const ReportedApp& app : report.apps) {
        if (report.isRead(app.app) != areRead) continue;
        const auto first = groups.lower_bound({app.app, ""});
        const bool hasGroup = first != groups.end() && first->first.first == app.app;
        std::set<std::string> systems = quietSystemsOf(report, app);
        if (!hasGroup && systems.empty()) systems.insert("");
        for (const std::string& os : systems) rows += emptyRow(report, app.app, os, areRead);
    }
    return rows;
}

std::string timesNote() {
    return fmt::format(
        "p50 is the median, p90 the 90th percentile. Processing and queue times are in the service's unit, which is "
        "not documented. Percentiles of more than {} builds (\u2248) have an error of at most {:.0f}%.",
        shownCount(static_cast<std::int64_t>(Percentiles::exactUpTo)), Percentiles::relativeError * 100);
}

}  // namespace

std::string groupAnchor(std::size_t number) {
    return fmt::format("app-{}", number + 1);
}

std::string groupTitle(const Report& report, const BuildGroup& group) {
    const std::string app = pageNameOf(report, group.app);
    const std::string os = group.os.empty() ? "no system" : shown(group.os);
    return app.empty() ? os : shown(app) + ", " + os;
}

std::string groupName(const Report& report, const BuildGroup& group) {
    const std::string app = pageNameOf(report, group.app);
    return app + (app.empty() ? "" : ", ") + (group.os.empty() ? "no system" : group.os);
}

std::string groupTableSection(const Report& report, const std::vector<Attention>& attentions,
                              const std::vector<const BuildGroup*>& groups) {
    std::string rows = emptyRows(report, ReadState::unread);
    for (std::size_t i = 0; i < groups.size(); ++i) rows += groupRow(report, attentions, *groups[i], i);
    rows += emptyRows(report, ReadState::read);
    std::string html = "<section><h2>By app and system</h2>\n";
    if (groups.empty()) html += "<p class=\"none\">There are no builds.</p>\n";
    if (rows.empty()) return html + "</section>\n";
    const std::string head = tableHead({"App and system", "Newest build", "Newest processed", "Waiting", "Failed",
                                        "Processing time<br>p50 / p90", "Queue time<br>p50 / p90"});
    html += scrollable("By app and system", "<table>" + head + "<tbody>\n" + rows + "</tbody></table>");
    if (!groups.empty()) html += "\n<p class=\"note\">" + timesNote() + "</p>\n";
    if (groups.size() > 2) html += groupOrders(report, groups);
    return html + "</section>\n";
}

}  // namespace applivery::program
