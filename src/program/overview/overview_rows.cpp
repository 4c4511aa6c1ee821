#include "overview/overview_rows.hpp"

#include "build_walk.hpp"
#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <optional>

namespace applivery::program {
namespace {

std::string ageTextOf(const BuildBrief& build, TimePoint now) {
    return build.createdAt ? ageText(ageOf(*build.createdAt, now)) : "?";
}

std::string newestName(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : fmt::format(" ({})", printable(build.versionCode));
    return orDash(build.versionName) + code;
}

TableRow rowOf(const BuildGroup& group, TimePoint now) {
    const BuildBrief& newest = *group.newest;
    const std::int64_t waiting = group.states.waiting();
    const std::int64_t failed = group.states.of(BuildStatus::error);
    const std::string& status = newest.status.text();
    const auto& processed = group.newestProcessed;
    return {{orDash(group.os)},
            {newestName(newest)},
            {fmt::format("{} {}", orDash(status), ageTextOf(newest, now)), colorOfStatus(status)},
            {processed ? fmt::format("{} {}", ageTextOf(*processed, now), newestName(*processed)) : "none"},
            {waiting > 0 ? fmt::format("{} for {}", waiting, ageTextOf(*group.oldestWaiting, now)) : "-",
             waiting > 0 ? TextColor::yellow : TextColor::none},
            {fmt::format("{}/{}", failed, group.states.total()), failed > 0 ? TextColor::red : TextColor::none},
            {medianAndP90(group.times.process, "~", "/").value_or("-")}};
}

// Explains the tilde, if a percentile has one.
std::string estimateNote(const Overview& overview) {
    for (const AppOverview& app : overview.apps) {
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups()) {
            if (!group.times.process.isExact())
                return fmt::format("; ~ is within {}%", 100 * Percentiles::relativeError);
        }
    }
    return {};
}

}  // namespace

OverviewTotals totalsOf(const Overview& overview) {
    OverviewTotals totals;
    for (const AppOverview& app : overview.apps) {
        ++totals.apps;
        if (app.failure()) ++totals.unread;
        if (app.totalsChanged()) totals.totalsChanged = true;
        totals.leftOut.unknownAge += app.buildsOfUnknownAge();
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups()) {
            totals.builds += group.states.total();
            totals.failed += group.states.of(BuildStatus::error);
            totals.waiting += group.states.waiting();
        }
    }
    return totals;
}

std::vector<TableColumn> overviewColumns(AppNames names) {
    constexpr std::size_t system = 8;        // the longest known system, with a space in front
    constexpr std::size_t stateAndAge = 15;  // the longest known status, with an age
    std::vector<TableColumn> columns{
        {"OS", system}, {"NEWEST", 4}, {"STATE", stateAndAge}, {"PROCESSED", 4}, {"WAITING"}, {"FAILED"}, {"P50/P90"}};
    if (names == AppNames::column) columns.insert(columns.begin(), {"APP", 4});
    return columns;
}

std::vector<TableRow> overviewRows(const Overview& overview, AppNames names) {
    std::vector<TableRow> rows;
    for (const AppOverview& app : overview.apps) {
        const auto add = [&](TableRow row) {
            if (names == AppNames::column) row.insert(row.begin(), {orDash(app.app())});
            if (names == AppNames::lines) row.front().text.insert(0, " ");
            rows.push_back(std::move(row));
        };
        if (names == AppNames::lines) rows.push_back({{orDash(app.app())}});
        const auto* const statistics = app.statistics();
        if (statistics != nullptr) {
            for (const auto& [key, group] : statistics->groups()) add(rowOf(group, overview.period.now));
        }
        if (app.failure()) {
            add({{"not read: " + app.failure()->message(), TextColor::red}});
        } else if (statistics != nullptr && statistics->groups().empty()) {
            add({{"no builds on " + counted(app.pages(), "page")}});
        }
    }
    return rows;
}

std::vector<std::string> overviewNotes(const Overview& overview) {
    const OverviewTotals totals = totalsOf(overview);
    const std::string apps = totals.unread == 0
                                 ? counted(totals.apps, "app")
                                 : fmt::format("{} of {}", totals.apps - totals.unread, counted(totals.apps, "app"));
    std::vector<std::string> notes{
        fmt::format("total{}: {}, {}, {} failed, {} waiting", totals.unread == 0 ? "" : ", incomplete", apps,
                    counted(totals.builds, "build"), totals.failed, totals.waiting),
        fmt::format("from {} to {}", minuteText(*overview.period.since), minuteText(overview.period.now)),
        fmt::format("P50/P90: processing time; the service documents no unit{}", estimateNote(overview))};
    if (totals.totalsChanged) notes.emplace_back(totalsChangedNote);
    for (const std::string& note : totals.leftOut.notes()) notes.push_back(note);
    return notes;
}

}  // namespace applivery::program
