#include "report/report_tables.hpp"

#include "report/report_app_tables.hpp"
#include "report/report_cells.hpp"

#include <algorithm>
#include <optional>

namespace applivery::program {
namespace {

constexpr std::size_t maxTopCounts = 50;  // rows of the tables of branches and of uploaders

Table dayTable(const Report& report) {
    Table table{"days", {"app", "os", "day", "partial"}, {}};
    appendAll(table.columns, stateColumns());
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && group.earlier.total() == 0;
        for (const auto& [day, states] : group.days) {
            Row row{cell(group.app), cell(group.os), dayText(day), isPartialDay(day, report.statistics.period())};
            appendAll(row, stateCells(states));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table weekTable(const Report& report) {
    Table table{"weeks", {"app", "os", "week", "partial"}, {}};
    appendAll(table.columns, timeColumns());
    appendAll(table.columns, stateColumns());
    appendAll(table.columns, Columns{"failureRate", "sizeBytes", "sizeVersionName", "sizeCreatedAt"});
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && !group.hasMoreWeeks;
        for (const auto& [monday, week] : group.weeks) {
            const auto& size = week.newestSize;
            Row row{cell(group.app), cell(group.os), weekText(monday),
                    isPartialWeek(monday, report.statistics.period())};
            appendAll(row, timeCells(week.times));
            appendAll(row, stateCells(week.states));
            appendAll(row, Row{cell(week.states.failureRate()), size ? Cell{size->bytes} : Cell{},
                               size ? cell(size->versionName) : Cell{}, size ? Cell{size->createdAt} : Cell{}});
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table versionTable(const Report& report) {
    Table table{"versions", {"app", "os"}, {}};
    appendAll(table.columns, briefColumns("newest"));
    table.columns.emplace_back("sizeBytes");
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && !group.hasMoreVersions;
        for (const BuildBrief& build : group.versions) {
            Row row{cell(group.app), cell(group.os)};
            appendAll(row, briefCells(build, report.statistics.period().now));
            row.push_back(cell(build.size));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table countTable(const char* name, const char* column, const TopCounts& counts) {
    Table table{name, {column, "count", "countError"}, {}};
    for (const TopCount& top : counts.top(maxTopCounts)) {
        table.rows.push_back({top.text, top.count, top.error});
    }
    table.isComplete = counts.isExact() && table.rows.size() == counts.size();
    return table;
}

Table groupTable(const Report& report) {
    const TimePoint now = report.statistics.period().now;
    Table table{"groups", {"app", "appName", "os", "builds"}, {}};
    appendAll(table.columns, stateColumns());
    appendAll(table.columns, briefColumns("newest"));
    appendAll(table.columns, briefColumns("newestProcessed"));
    appendAll(table.columns, Columns{"waiting", "waitingSince", "waitingId", "failures"});
    appendAll(table.columns, timeColumns());
    table.columns.emplace_back("failureRate");
    table.isComplete = !report.statistics.hasMoreSystems();
    const std::vector<AttentionItem> attentionItems = attentionItemsOf(report.statistics, report.unread);
    for (const BuildGroup* const group : groupsByUrgency(report.statistics, attentionItems)) {
        const auto& oldest = group->oldestWaiting;
        Row row{cell(group->app), cell(knownAppName(report, *group)), cell(group->os), group->states.total()};
        appendAll(row, stateCells(group->states));
        appendAll(row, briefCells(group->newest, now));
        appendAll(row, briefCells(newestProcessedOf(report, *group), now));
        appendAll(row, Row{group->states.waiting(), oldest ? cell(oldest->createdAt) : Cell{},
                           oldest ? cell(oldest->id) : Cell{}, group->states.of(BuildStatus::error)});
        appendAll(row, timeCells(group->times));
        row.push_back(cell(group->states.failureRate()));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table failureTable(const Report& report) {
    Table table{"failures", {"errorCode", "count", "app", "os"}, {}};
    appendAll(table.columns, briefColumns("newest"));
    table.columns.emplace_back("error");
    table.isComplete = report.statistics.failuresByOtherCodes() == 0;
    for (const auto& [code, cause] : report.statistics.failures()) {
        for (const FailedBuild& failed : cause.newest) {
            Row row{cell(code), cause.count, cell(failed.app), cell(failed.os)};
            appendAll(row, briefCells(failed.build, report.statistics.period().now));
            row.push_back(cell(failed.error));
            table.rows.push_back(std::move(row));
        }
    }
    const auto countIn = [](const Row& row) { return std::get<std::int64_t>(row[1]); };
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [&](const Row& a, const Row& b) { return countIn(a) > countIn(b); });
    return table;
}

Table profileTable(const Report& report) {
    Table table{"profiles",
                {"daysLeft", "expires", "expiresAt", "current", "app", "bundleIdentifier", "team", "signingType",
                 "builds", "newestVersionName", "newestId"},
                {}};
    table.isComplete = !report.statistics.hasMoreProfiles();
    for (const Profile& profile : report.statistics.profiles()) {
        table.rows.push_back({std::int64_t{profile.daysLeft(report.statistics.period().now)}, dayText(profile.expires),
                              profile.expiresAt, profile.isCurrent, cell(profile.app), cell(profile.bundleIdentifier),
                              cell(profile.team), cell(profile.signingType), profile.builds,
                              cell(profile.newest.versionName), cell(profile.newest.id)});
    }
    return table;
}

}  // namespace

std::vector<Table> allTables(const Report& report) {
    return {groupTable(report),
            dayTable(report),
            weekTable(report),
            versionTable(report),
            failureTable(report),
            countTable("branches", "branch", report.statistics.branches()),
            countTable("uploaders", "uploader", report.statistics.uploaders()),
            profileTable(report),
            unreadTable(report),
            attentionTable(report),
            appTable(report),
            newestProcessedTable(report),
            previousTable(report)};
}

std::vector<std::string> incompleteTables(const std::vector<Table>& tables) {
    std::vector<std::string> names;
    for (const Table& table : tables) {
        if (!table.isComplete) names.push_back(table.name);
    }
    return names;
}

std::vector<std::string> incompleteTables(const Report& report) {
    return incompleteTables(allTables(report));
}

}  // namespace applivery::program
