#include "report/report_app_tables.hpp"

#include "report/report_cells.hpp"
#include "statistics/comparison.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

Cell changeCell(std::optional<double> previous, std::optional<double> current) {
    return cell(changeOf(previous, current));
}

// Returns the newest of the builds; absent if there are none.
std::optional<BuildBrief> newestOf(const std::map<std::string, BuildBrief>& builds) {
    std::optional<BuildBrief> newest;
    for (const auto& [os, build] : builds) {
        if (!newest || isNewer(build, *newest)) newest = build;
    }
    return newest;
}

}  // namespace

Table attentionTable(const Report& report) {
    const TimePoint now = report.statistics.period().now;
    Table table{"attention", {"kind", "app", "os", "sentence"}, {}};
    appendAll(table.columns, briefColumns("build"));
    appendAll(table.columns, Columns{"limitSeconds", "daysLeft", "expiresAt", "errorCode", "error"});
    for (const AttentionItem& item : attentionItemsOf(report.statistics, report.unread)) {
        Row row{std::string(toText(item.kind)), cell(item.app), cell(item.os), sentenceOf(item, now)};
        appendAll(row, briefCells(item.build, now));
        const auto& profile = item.profile;
        const bool isFailure = item.kind == AttentionKind::failed;
        row.push_back(item.limit ? Cell{std::int64_t{item.limit->age.count()}} : Cell{});
        row.push_back(profile ? Cell{std::int64_t{profile->daysLeft(now)}} : Cell{});
        row.push_back(profile ? Cell{profile->expiresAt} : Cell{});
        row.push_back(isFailure ? cell(item.build->errorCode) : Cell{});
        row.push_back(isFailure ? cell(item.build->error) : cell(item.error));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table appTable(const Report& report) {
    Table table{"apps", {"app", "appName", "read", "builds"}, {}};
    appendAll(table.columns, briefColumns("newestProcessed"));
    std::map<std::string, std::int64_t> builds;
    for (const auto& [key, group] : report.statistics.groups()) builds[key.app] += group.states.total();
    const std::vector<AttentionItem> attentionItems = attentionItemsOf(report.statistics, report.unread);
    for (const ReportedApp* const app : appsByUrgency(report, attentionItems)) {
        Row row{cell(app->app), cell(appNameOrId(report, app->app)), report.isRead(app->app), builds[app->app]};
        appendAll(row, briefCells(newestOf(app->newestProcessed), report.statistics.period().now));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table newestProcessedTable(const Report& report) {
    Table table{"newestProcessed", {"app", "os"}, {}};
    appendAll(table.columns, briefColumns("newestProcessed"));
    for (const ReportedApp& app : report.apps) {
        for (const auto& [os, build] : app.newestProcessed) {
            Row row{cell(app.app), cell(os)};
            appendAll(row, briefCells(build, report.statistics.period().now));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table previousTable(const Report& report) {
    Table table{"previous", {"app", "os", "builds"}, {}};
    appendAll(table.columns, stateColumns());
    table.columns.emplace_back("failureRate");
    appendAll(table.columns, timeColumns());
    appendAll(table.columns, Columns{"buildsChange", "errorChange", "failureRateChange", "processTimeP50Change",
                                     "processTimeP90Change", "queuedTimeP50Change", "queuedTimeP90Change"});
    for (const auto& [key, compared] : comparisonOf(report.statistics)) {
        const PeriodSummary& previous = compared.previous;
        const PeriodSummary& current = compared.current;
        Row row{cell(key.app), cell(key.os), previous.states.total()};
        appendAll(row, stateCells(previous.states));
        row.push_back(cell(previous.states.failureRate()));
        appendAll(row, timeCells(previous.times));
        appendAll(row, Row{current.states.total() - previous.states.total(),
                           current.states.of(BuildStatus::error) - previous.states.of(BuildStatus::error),
                           changeCell(previous.states.failureRate(), current.states.failureRate()),
                           changeCell(previous.times.process.at(0.5), current.times.process.at(0.5)),
                           changeCell(previous.times.process.at(0.9), current.times.process.at(0.9)),
                           changeCell(previous.times.queue.at(0.5), current.times.queue.at(0.5)),
                           changeCell(previous.times.queue.at(0.9), current.times.queue.at(0.9))});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table unreadTable(const Report& report) {
    Table table{"unread", {"app", "error"}, {}};
    for (const UnreadApp& app : report.unread) table.rows.push_back({cell(app.app), app.message});
    return table;
}

}  // namespace applivery::program
