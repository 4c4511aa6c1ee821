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

std::string createdText(const BuildBrief& build, TimePoint now) {
    if (!build.createdAt) return "at an unknown time";
    return ageText(ageOf(*build.createdAt, now)) + " ago";
}

std::string newestCell(const BuildBrief& build, TimePoint now) {
    return versionHtml(build) + "<br><small>" + textHtml(build.status.text()) + ' ' + createdText(build, now) +
           buildLinks(build) + "</small>";
}

std::string newestProcessedCell(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return "none";
    return versionHtml(*build) + "<br><small>" + createdText(*build, now) + "</small>";
}

// Returns a value of the previous period, as a second line of a cell.
std::string previousLine(const std::string& value) {
    return "<br><small>before: " + value + "</small>";
}

const PeriodSummary* findPreviousSummary(const Report& report, const GroupKey& key) {
    const auto& previous = report.statistics.previous();
    const auto found = previous.find(key);
    return found == previous.end() ? nullptr : &found->second;
}

std::string failuresText(const StateCounts& states) {
    return fmt::format("{} of {}", countText(states.of(BuildStatus::error)), countText(states.ended()));
}

std::string failuresCell(const StateCounts& states, const PeriodSummary* previous) {
    std::string html = fmt::format("{}<br><small>of {} that ended</small>", countText(states.of(BuildStatus::error)),
                                   countText(states.ended()));
    if (previous != nullptr) html += previousLine(failuresText(previous->states));
    return html;
}

std::string timesCell(const Percentiles& times, const Percentiles* previous) {
    return percentilesText(times) + (previous != nullptr ? previousLine(percentilesText(*previous)) : "");
}

std::string waitingCell(const BuildGroup& group, TimePoint now) {
    const std::int64_t waiting = group.states.waiting();
    if (waiting == 0) return "0";
    return countText(waiting) + "<br><small>the oldest " + createdText(*group.oldestWaiting, now) + "</small>";
}

// Returns why the group needs attention, such as `failed, stuck`, as HTML.
std::string marksOf(const std::vector<AttentionItem>& attentionItems, const BuildGroup& group) {
    std::string marks;
    for (const AttentionItem& item : attentionItems) {
        if (!item.concerns(group.app, group.os)) continue;
        marks += (marks.empty() ? " <strong class=\"mark\">" : ", ") + std::string(toText(item.kind));
    }
    return marks.empty() ? "" : marks + "</strong>";
}

// Returns the id that the user gave for the app. Empty if the row already shows the id as the name of the app.
std::string idBesideName(const Report& report, const std::string& app) {
    const bool isShown = app.empty() || displayNameOf(report, app) == app;
    return isShown ? "" : ' ' + codeHtml(app);
}

std::string groupRow(const Report& report, const std::vector<AttentionItem>& attentionItems, const BuildGroup& group,
                     std::size_t position) {
    const TimePoint now = report.statistics.period().now;
    const PeriodSummary* const previous = findPreviousSummary(report, {group.app, group.os});
    const std::string titleCell = fmt::format("<a href=\"#{}\">{}</a><br><small>{}{}</small>{}", groupAnchor(position),
                                              textHtml(displayNameOf(report, group.app)), textHtml(group.os),
                                              idBesideName(report, group.app), marksOf(attentionItems, group));
    return tableRow({titleCell, newestCell(*group.newest, now),
                     newestProcessedCell(newestProcessedOf(report, group), now), waitingCell(group, now),
                     failuresCell(group.states, previous),
                     timesCell(group.times.process, previous ? &previous->times.process : nullptr),
                     timesCell(group.times.queue, previous ? &previous->times.queue : nullptr)});
}

/// Whether the builds of an app were read completely.
enum class ReadState { unread, read };

// Returns a row without numbers, for an app or a system without builds in the period.
std::string emptyRow(const Report& report, const std::string& app, const std::string& os, ReadState state) {
    const bool isRead = state == ReadState::read;
    const TimePoint now = report.statistics.period().now;
    const PeriodSummary* const previous = findPreviousSummary(report, {app, os});
    const std::string dash = "\u2013";
    BuildGroup group;
    group.app = app;
    group.os = os;
    const std::string titleCell =
        fmt::format("{}<br><small>{}{}</small>{}", textHtml(displayNameOf(report, app)), os.empty() ? "" : textHtml(os),
                    idBesideName(report, app), isRead ? "" : " <strong class=\"mark\">unread</strong>");
    return tableRow({titleCell, isRead ? "no builds" : "unknown",
                     isRead ? newestProcessedCell(newestProcessedOf(report, group), now) : "unknown", dash,
                     previous ? dash + previousLine(failuresText(previous->states)) : dash, dash, dash});
}

// Returns the systems of an app that have a build before the period, and none in it.
std::set<std::string> systemsWithoutNewBuilds(const Report& report, const ReportedApp& app) {
    std::set<std::string> systems;
    for (const auto& [os, build] : app.newestProcessed) systems.insert(os);
    for (const auto& [key, summary] : report.statistics.previous()) {
        if (key.app == app.app) systems.insert(key.os);
    }
    for (const auto& [key, group] : report.statistics.groups()) {
        if (key.app == app.app) systems.erase(key.os);
    }
    return systems;
}

// Returns the rows of all apps in the given state: a row for each system without builds in the period, and a row for
// each app without any system.
std::string emptyRows(const Report& report, ReadState state) {
    const auto& groups = report.statistics.groups();
    std::string rows;
    for (const ReportedApp& app : report.apps) {
        if (report.isRead(app.app) != (state == ReadState::read)) continue;
        const auto first = groups.lower_bound({app.app, ""});
        const bool hasGroup = first != groups.end() && first->first.app == app.app;
        std::set<std::string> systems = systemsWithoutNewBuilds(report, app);
        if (!hasGroup && systems.empty()) systems.insert("");
        for (const std::string& os : systems) rows += emptyRow(report, app.app, os, state);
    }
    return rows;
}

std::string timesNote() {
    return fmt::format(
        "p50 is the median, p90 the 90th percentile. Processing and queue times are in the service's unit, which is "
        "not documented. Percentiles of more than {} builds (\u2248) have an error of at most {:.0f}%.",
        countText(static_cast<std::int64_t>(Percentiles::exactUpTo)), Percentiles::relativeError * 100);
}

}  // namespace

std::string groupAnchor(std::size_t position) {
    return fmt::format("app-{}", position + 1);
}

std::string groupTitle(const Report& report, const BuildGroup& group) {
    const std::string app = displayNameOf(report, group.app);
    const std::string os = group.os.empty() ? "no system" : textHtml(group.os);
    return app.empty() ? os : textHtml(app) + ", " + os;
}

std::string groupName(const Report& report, const BuildGroup& group) {
    const std::string app = displayNameOf(report, group.app);
    return app + (app.empty() ? "" : ", ") + (group.os.empty() ? "no system" : group.os);
}

std::string groupTableSection(const Report& report, const std::vector<AttentionItem>& attentionItems,
                              const std::vector<const BuildGroup*>& groups) {
    std::string rows = emptyRows(report, ReadState::unread);
    for (std::size_t i = 0; i < groups.size(); ++i) rows += groupRow(report, attentionItems, *groups[i], i);
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
