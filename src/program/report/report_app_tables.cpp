#include "report/report_app_tables.hpp"

#include "report/report_cells.hpp"
#include "statistics/comparison.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

namespace applivery::program {
namespace {

Cell changeCellOf(std::optional<double> previous, std::optional<double> current) {
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
    for (const Attention& attention : attentionsOf(report.statistics, report.unread)) {
        Row row{std::string(toText(attention.kind)), cell(attention.app), cell(attention.os),
                sentenceOf(attention, now)};
        appendAll(row, briefCells(attention.build, now));
        const auto& profile = attention.profile;
        const bool isFailure = attention.kind == AttentionKind::failed;
        row.push_back(attention.limit ? Cell{std::int64_t{attention.limit->age.count()}} : Cell{});
        row.push_back(profile ? Cell{std::int64_t{profile->daysLeft(now)}} : Cell{});
        row.push_back(profile ? Cell{profile->expiresAt} : Cell{});
        row.push_back(isFailure ? cell(attention.build->errorCode) : Cell{});
        row.push_back(isFailure ? cell(attention.build->error) : cell(attention.error));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table appTable(const Report& report) {
    Table table{"apps", {"app", "appName", "read", "builds"}, {}};
    appendAll(table.columns, briefColumns("newestProcessed"));
    std::map<std::string, std::int64_t> builds;
    for (const auto& [key, group] : report.statistics.groups()) builds[key.first] += group.states.total();
    const std::vector<Attention> attentions = attentionsOf(report.statistics, report.unread);
    for (const ReportedApp* const app : appsByUrgency(report, attentions)) {
        Row row{cell(app->app), cell(nameOf(report, app->app)), report.isRead(app->app), builds[app->app]};
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
        const PeriodFigures& before = compared.previous;
        const PeriodFigures& now = compared.current;
        Row row{cell(key.first), cell(key.second), before.states.total()};
        appendAll(row, stateCells(before.states));
        row.push_back(cell(before.states.failureRate()));
        appendAll(row, timeCells(before.times));
        appendAll(row, Row{now.states.total() - before.states.total(),
                           now.states.of(BuildStatus::error) - before.states.of(BuildStatus::error),
                           changeCellOf(before.states.failureRate(), now.states.failureRate()),
                           changeCellOf(before.times.process.at(0.5), now.times.process.at(0.5)),
                           changeCellOf(before.times.process.at(0.9), now.times.process.at(0.9)),
                           changeCellOf(before.times.queue.at(0.5), now.times.queue.at(0.5)),
                           changeCellOf(before.times.queue.at(0.9), now.times.queue.at(0.9))});
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
