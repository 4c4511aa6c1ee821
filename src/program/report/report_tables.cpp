#include "report/report_tables.hpp"

#include <algorithm>
#include <optional>

namespace applivery::program {
namespace {

using Row = std::vector<Cell>;
using Columns = std::vector<std::string>;

constexpr std::size_t maxTexts = 50;  // branches, and uploaders

Cell cell(const std::string& text) {
    return text.empty() ? Cell{} : Cell{text};
}

template <typename T>
Cell cell(const std::optional<T>& value) {
    return value ? Cell{*value} : Cell{};
}

Cell ageCell(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build || !build->createdAt) return {};
    return std::int64_t{ageOf(*build->createdAt, now).count()};
}

void append(Row& row, Row more) {
    for (Cell& cell : more) row.push_back(std::move(cell));
}

Row stateCells(const StateCounts& states) {
    return {states.of(BuildStatus::pending), states.of(BuildStatus::inProgress), states.of(BuildStatus::processed),
            states.of(BuildStatus::error), states.of(BuildStatus::unknown)};
}

const Columns stateColumns{"pending", "inProgress", "processed", "error", "otherState"};

Row briefCells(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return Row(6);
    return {cell(build->versionName), cell(build->versionCode), cell(build->status.text()),
            cell(build->createdAt),   ageCell(build, now),      cell(build->id)};
}

Columns briefColumns(const std::string& prefix) {
    return {prefix + "VersionName", prefix + "VersionCode", prefix + "Status",
            prefix + "CreatedAt",   prefix + "AgeSeconds",  prefix + "Id"};
}

Row timeCells(const BuildTimes& times) {
    return {times.process.count(), cell(times.process.at(0.5)), cell(times.process.at(0.9)),
            times.queue.count(),   cell(times.queue.at(0.5)),   cell(times.queue.at(0.9))};
}

const Columns timeColumns{"processTimeCount", "processTimeP50", "processTimeP90",
                          "queuedTimeCount",  "queuedTimeP50",  "queuedTimeP90"};

void append(Columns& columns, const Columns& more) {
    columns.insert(columns.end(), more.begin(), more.end());
}

Table dayTable(const Report& report) {
    Table table{"days", {"app", "os", "day"}, {}};
    append(table.columns, stateColumns);
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && group.earlier.total() == 0;
        for (const auto& [day, states] : group.days) {
            Row row{cell(group.app), cell(group.os), dayText(day)};
            append(row, stateCells(states));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table weekTable(const Report& report) {
    Table table{"weeks", {"app", "os", "week"}, {}};
    append(table.columns, timeColumns);
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && !group.hasMoreWeeks;
        for (const auto& [monday, week] : group.weeks) {
            Row row{cell(group.app), cell(group.os), weekText(monday)};
            append(row, timeCells(week.times));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table versionTable(const Report& report) {
    Table table{"versions", {"app", "os"}, {}};
    append(table.columns, briefColumns("newest"));
    table.columns.emplace_back("sizeBytes");
    for (const auto& [key, group] : report.statistics.groups()) {
        table.isComplete = table.isComplete && !group.hasMoreVersions;
        for (const BuildBrief& build : group.versions) {
            Row row{cell(group.app), cell(group.os)};
            append(row, briefCells(build, report.statistics.period().now));
            row.push_back(cell(build.size));
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

Table countTable(const char* name, const char* column, const TopCounts& counts) {
    Table table{name, {column, "count", "countError"}, {}};
    for (const TopCount& top : counts.top(maxTexts)) {
        table.rows.push_back({top.text, top.count, top.error});
    }
    table.isComplete = counts.isExact() && table.rows.size() == counts.size();
    return table;
}

Table groupTable(const Report& report) {
    Table table{"groups", {"app", "appName", "os", "builds"}, {}};
    append(table.columns, stateColumns);
    append(table.columns, briefColumns("newest"));
    append(table.columns, briefColumns("newestProcessed"));
    append(table.columns, Columns{"waiting", "waitingSince", "waitingId", "failures"});
    append(table.columns, timeColumns);
    table.isComplete = !report.statistics.hasMoreSystems();
    for (const auto& [key, group] : report.statistics.groups()) {
        const auto& oldest = group.oldestWaiting;
        Row row{cell(group.app), cell(group.appName), cell(group.os), group.states.total()};
        append(row, stateCells(group.states));
        append(row, briefCells(group.newest, report.statistics.period().now));
        append(row, briefCells(group.newestProcessed, report.statistics.period().now));
        append(row, {group.states.waiting(), oldest ? cell(oldest->createdAt) : Cell{},
                     oldest ? cell(oldest->id) : Cell{}, group.states.of(BuildStatus::error)});
        append(row, timeCells(group.times));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table failureTable(const Report& report) {
    Table table{"failures", {"errorCode", "count", "app", "os"}, {}};
    append(table.columns, briefColumns("newest"));
    table.columns.emplace_back("error");
    table.isComplete = report.statistics.failuresByOtherCauses() == 0;
    for (const auto& [code, cause] : report.statistics.failures()) {
        for (const FailedBuild& failed : cause.newest) {
            Row row{cell(code), cause.count, cell(failed.app), cell(failed.os)};
            append(row, briefCells(failed.build, report.statistics.period().now));
            row.push_back(cell(failed.error));
            table.rows.push_back(std::move(row));
        }
    }
    std::stable_sort(table.rows.begin(), table.rows.end(), [](const Row& a, const Row& b) {
        return std::get<std::int64_t>(a[1]) > std::get<std::int64_t>(b[1]);
    });
    return table;
}

Table profileTable(const Report& report) {
    Table table{"profiles",
                {"daysLeft", "expires", "app", "bundleIdentifier", "team", "signingType", "builds", "newestVersionName",
                 "newestId"},
                {}};
    table.isComplete = !report.statistics.hasMoreProfiles();
    for (const Profile& profile : report.statistics.profiles()) {
        table.rows.push_back({std::int64_t{profile.daysLeft(report.statistics.period().now)}, dayText(profile.expires),
                              cell(profile.app), cell(profile.bundleIdentifier), cell(profile.team),
                              cell(profile.signingType), profile.builds, cell(profile.newest.versionName),
                              cell(profile.newest.id)});
    }
    return table;
}

}  // namespace

std::vector<std::string> incompleteTables(const Report& report) {
    std::vector<std::string> names;
    for (const Table& table : allTables(report)) {
        if (!table.isComplete) names.push_back(table.name);
    }
    return names;
}

std::vector<Table> allTables(const Report& report) {
    Table unread{"unread", {"app", "error"}, {}};
    for (const UnreadApp& app : report.unread) unread.rows.push_back({cell(app.app), app.message});
    return {groupTable(report),
            dayTable(report),
            weekTable(report),
            versionTable(report),
            failureTable(report),
            countTable("branches", "branch", report.statistics.branches()),
            countTable("uploaders", "uploader", report.statistics.uploaders()),
            profileTable(report),
            std::move(unread)};
}

}  // namespace applivery::program
