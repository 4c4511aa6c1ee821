#include "overview/overview_rows.hpp"

#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <optional>

namespace applivery::program {
namespace {

std::string orDash(const std::string& text) {
    return text.empty() ? "-" : printable(text);
}

std::string ageOf(const BuildBrief& build, TimePoint now) {
    using std::chrono::seconds;
    return build.createdAt ? ageText(std::chrono::duration_cast<seconds>(now - *build.createdAt)) : "?";
}

std::string nameOf(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : fmt::format(" ({})", printable(build.versionCode));
    return orDash(build.versionName) + code;
}

std::string percentilesText(const Percentiles& times) {
    const auto median = times.at(0.5);
    const auto p90 = times.at(0.9);
    if (!median || !p90) return "-";
    return fmt::format("{}{}/{}", times.isExact() ? "" : "~", groupedNumber(*median), groupedNumber(*p90));
}

TableRow rowOf(const BuildGroup& group, TimePoint now) {
    const BuildBrief& newest = *group.newest;
    const std::int64_t waiting = group.all.waiting();
    const std::int64_t failed = group.period.of(BuildStatus::error);
    const std::string& status = newest.status.text();
    const auto& processed = group.newestProcessed;
    return {{orDash(group.os)},
            {nameOf(newest)},
            {fmt::format("{} {}", orDash(status), ageOf(newest, now)), colorOfStatus(status)},
            {processed ? fmt::format("{} {}", ageOf(*processed, now), nameOf(*processed)) : "none"},
            {waiting > 0 ? fmt::format("{} for {}", waiting, ageOf(*group.oldestWaiting, now)) : "-",
             waiting > 0 ? TextColor::yellow : TextColor::none},
            {fmt::format("{}/{}", failed, group.period.total()), failed > 0 ? TextColor::red : TextColor::none},
            {percentilesText(group.times.process)}};
}

// Where a percentile has a tilde.
std::string sketchNote(const Overview& overview) {
    for (const AppOverview& app : overview.apps) {
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups()) {
            if (!group.times.process.isExact())
                return fmt::format("; ~ is within {}%", 100 * Percentiles::relativeError);
        }
    }
    return {};
}

std::string counted(std::int64_t count, const char* what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

OverviewTotals totalsOf(const Overview& overview) {
    OverviewTotals totals;
    for (const AppOverview& app : overview.apps) {
        ++totals.apps;
        if (app.failure()) ++totals.unread;
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups()) {
            totals.builds += group.period.total();
            totals.failed += group.period.of(BuildStatus::error);
            totals.waiting += group.all.waiting();
        }
    }
    return totals;
}

std::vector<TableColumn> overviewColumns(AppNames names) {
    constexpr std::size_t system = 8;  // of those that are known today, behind a space; and so are the states
    constexpr std::size_t stateAndAge = 15;
    std::vector<TableColumn> columns{
        {"OS", system}, {"NEWEST", 4}, {"STATE", stateAndAge}, {"PROCESSED", 6}, {"WAITING"}, {"FAILED"}, {"P50/P90"}};
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
            add({{"no builds"}});
        }
    }
    return rows;
}

std::vector<std::string> overviewNotes(const Overview& overview) {
    const OverviewTotals totals = totalsOf(overview);
    const std::string apps = totals.unread == 0
                                 ? counted(totals.apps, "app")
                                 : fmt::format("{} of {}", totals.apps - totals.unread, counted(totals.apps, "app"));
    return {fmt::format("total{}: {}, {}, {} failed, {} waiting", totals.unread == 0 ? "" : ", incomplete", apps,
                        counted(totals.builds, "build"), totals.failed, totals.waiting),
            fmt::format("from {} to {}", minuteText(*overview.period.since), minuteText(overview.period.now)),
            fmt::format("P50/P90: processing time; the service documents no unit{}", sketchNote(overview))};
}

}  // namespace applivery::program
