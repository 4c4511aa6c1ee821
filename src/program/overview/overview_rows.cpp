#include "overview/overview_rows.hpp"

#include "build_walk.hpp"
#include "text/text_format.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace applivery::program {
namespace {

// Returns the time without fractions of a second.
std::string secondText(TimePoint time) {
    constexpr std::size_t secondsEnd = sizeof "2024-11-11T11:27:35" - 1;
    return timeText(time).substr(0, secondsEnd) + 'Z';
}

std::string ageTextOf(const BuildBrief& build, TimePoint now) {
    return build.createdAt ? ageText(ageOf(*build.createdAt, now)) : "?";
}

std::string newestName(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : fmt::format(" ({})", printable(build.versionCode));
    return orDash(build.versionName) + code;
}

const AttentionItem* findAttentionItem(const OverviewRow& row, AttentionKind kind) {
    const auto isOfKind = [kind](const AttentionItem& item) { return item.kind == kind; };
    const auto found = std::find_if(row.attentionItems.begin(), row.attentionItems.end(), isOfKind);
    return found == row.attentionItems.end() ? nullptr : &*found;
}

// Returns a prefix such as "profile expires in 3d, "; empty if the profile needs no attention.
std::string expiryPrefix(const OverviewRow& row, TimePoint now) {
    const AttentionItem* const expiring = findAttentionItem(row, AttentionKind::expiring);
    if (expiring == nullptr) return {};
    const auto timeLeft = std::chrono::floor<std::chrono::seconds>(expiring->profile->timeLeft(now));
    return timeLeft.count() < 0 ? fmt::format("profile expired {} ago, ", ageText(-timeLeft))
                                : fmt::format("profile expires in {}, ", ageText(timeLeft));
}

TableCell processedCell(const OverviewRow& row, TimePoint now) {
    const auto& processed = row.group->newestProcessed;
    if (!processed) return {"none"};
    const std::string expiry = expiryPrefix(row, now);
    return {fmt::format("{}{} {}", expiry, ageTextOf(*processed, now), newestName(*processed)),
            expiry.empty() ? TextColor::none : TextColor::yellow};
}

TableCell waitingCell(const OverviewRow& row, TimePoint now) {
    const std::int64_t waiting = row.group->states.waiting();
    if (waiting == 0) return {"-"};
    const bool isStuck = findAttentionItem(row, AttentionKind::stuck) != nullptr;
    return {fmt::format("{} {} {}", waiting, isStuck ? "stuck" : "for", ageTextOf(*row.group->oldestWaiting, now)),
            isStuck ? TextColor::red : TextColor::yellow};
}

const PeriodSummary& previousOf(const OverviewRow& row) {
    static const PeriodSummary none;
    return row.previous == nullptr ? none : *row.previous;
}

TableCell failedCell(const OverviewRow& row, const Period& period) {
    const StateCounts& states = row.group->states;
    const std::int64_t failed = states.of(BuildStatus::error);
    std::string text = fmt::format("{}/{}", failed, states.total());
    if (period.previousSince) {
        const StateCounts& previous = previousOf(row).states;
        text +=
            fmt::format(" ({:+}/{:+})", failed - previous.of(BuildStatus::error), states.total() - previous.total());
    }
    return {std::move(text), failed > 0 ? TextColor::red : TextColor::none};
}

std::string signedNumber(double number) {
    return (number < 0 ? "" : "+") + shortNumber(number);
}

TableCell timesCell(const OverviewRow& row, const Period& period) {
    const Percentiles& times = row.group->times.process;
    std::string text = medianAndP90(times, "~", "/").value_or("-");
    const Percentiles& previous = previousOf(row).times.process;
    if (period.previousSince && times.count() > 0 && previous.count() > 0) {
        text += fmt::format(" ({}/{})", signedNumber(*times.at(0.5) - *previous.at(0.5)),
                            signedNumber(*times.at(0.9) - *previous.at(0.9)));
    }
    return {std::move(text)};
}

std::string failureText(const AppOverview& app) {
    const std::string& message = app.failure()->message();
    if (!app.readAt()) return "not read: " + message;
    return fmt::format("numbers from {}, not read since: {}", secondText(*app.readAt()), message);
}

TableRow cellsWithoutBuilds(const OverviewRow& row) {
    if (row.isFailure) return {{failureText(*row.app), TextColor::red}};
    if (!row.app->readAt()) return {{"not read yet", TextColor::yellow}};
    if (row.previous == nullptr) return {{"no builds on " + counted(row.app->pages(), "page")}};
    const StateCounts& previous = row.previous->states;
    return {{orDash(row.os)},
            {fmt::format("no builds; {}/{} failed in the period before", previous.of(BuildStatus::error),
                         previous.total())}};
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

const PeriodSummary* findPrevious(const BuildStatistics& statistics, const GroupKey& key) {
    const auto found = statistics.previous().find(key);
    return found == statistics.previous().end() ? nullptr : &found->second;
}

void addRowsOf(std::vector<OverviewRow>& rows, const AppOverview& app) {
    const std::size_t oldSize = rows.size();
    if (app.failure()) rows.push_back({&app, {}, nullptr, nullptr, {}, true});
    if (const BuildStatistics* const statistics = app.statistics()) {
        for (const auto& [key, group] : statistics->groups()) {
            rows.push_back({&app, key.os, &group, findPrevious(*statistics, key)});
        }
        for (const auto& [key, summary] : statistics->previous()) {
            if (statistics->groups().count(key) == 0) rows.push_back({&app, key.os, nullptr, &summary});
        }
    }
    if (rows.size() == oldSize) rows.push_back({&app});
}

// Returns the attention items of all apps, most urgent first.
std::vector<AttentionItem> allAttentionItems(const Overview& overview) {
    std::vector<AttentionItem> all;
    for (const AppOverview& app : overview.apps) {
        std::vector<UnreadApp> unread;
        if (app.failure()) unread.push_back({app.app(), app.failure()->message()});
        static const BuildStatistics empty{Period{}};
        std::vector<AttentionItem> own = attentionItemsOf(app.statistics() ? *app.statistics() : empty, unread);
        std::move(own.begin(), own.end(), std::back_inserter(all));
    }
    sortByUrgency(all);
    return all;
}

}  // namespace

OverviewTotals totalsOf(const Overview& overview) {
    OverviewTotals totals;
    for (const AppOverview& app : overview.apps) {
        ++totals.apps;
        if (app.failure() || !app.readAt()) ++totals.unread;
        if (app.totalsChanged()) totals.totalsChanged = true;
        totals.leftOut.unknownAge += app.buildsOfUnknownAge();
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups()) {
            totals.states.add(group.states);
        }
        for (const auto& [key, summary] : app.statistics()->previous()) totals.previous.states.add(summary.states);
    }
    return totals;
}

std::vector<TableColumn> overviewColumns() {
    // Widths to which a column may be shortened.
    constexpr std::size_t minSystem = 8;        // the longest known system, with a space in front
    constexpr std::size_t minVersion = 4;       // versions can be long
    constexpr std::size_t minStateAndAge = 15;  // the longest known status, with an age
    constexpr std::size_t minWaiting = 11;      // "2 stuck 23h"
    return {{"OS", minSystem},
            {"NEWEST", minVersion},
            {"STATE", minStateAndAge},
            {"PROCESSED", minVersion},
            {"WAITING", minWaiting},
            {"FAILED"},
            {"P50/P90"}};
}

std::vector<OverviewRow> overviewRows(const Overview& overview) {
    std::vector<OverviewRow> rows;
    for (const AppOverview& app : overview.apps) addRowsOf(rows, app);
    const std::vector<AttentionItem> all = allAttentionItems(overview);
    for (OverviewRow& row : rows) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i].concerns(row.app->app(), row.os)) continue;
            row.urgency = std::min(row.urgency, i);
            row.attentionItems.push_back(all[i]);
        }
    }
    const auto isMoreUrgent = [](const OverviewRow& a, const OverviewRow& b) { return a.urgency < b.urgency; };
    std::stable_sort(rows.begin(), rows.end(), isMoreUrgent);
    return rows;
}

TableRow cellsOf(const OverviewRow& row, const Period& period) {
    if (row.group == nullptr) return cellsWithoutBuilds(row);
    const BuildBrief& newest = *row.group->newest;
    const std::string& status = newest.status.text();
    return {{orDash(row.os)},
            {newestName(newest)},
            {fmt::format("{} {}", orDash(status), ageTextOf(newest, period.now)), colorOfStatus(status)},
            processedCell(row, period.now),
            waitingCell(row, period.now),
            failedCell(row, period),
            timesCell(row, period)};
}

std::vector<std::string> overviewNotes(const Overview& overview) {
    const OverviewTotals totals = totalsOf(overview);
    const std::string apps = totals.unread == 0
                                 ? counted(totals.apps, "app")
                                 : fmt::format("{} of {}", totals.apps - totals.unread, counted(totals.apps, "app"));
    std::vector<std::string> notes{
        fmt::format("total{}: {}, {}, {} failed, {} waiting", totals.unread == 0 ? "" : ", incomplete", apps,
                    counted(totals.states.total(), "build"), totals.states.of(BuildStatus::error),
                    totals.states.waiting()),
        fmt::format("from {} to {}", secondText(*overview.period.since), secondText(overview.period.now))};
    if (overview.period.previousSince) {
        const StateCounts& previous = totals.previous.states;
        notes.push_back(fmt::format("in brackets: difference to the period from {}, which has {}, {} failed",
                                    secondText(*overview.period.previousSince), counted(previous.total(), "build"),
                                    previous.of(BuildStatus::error)));
    }
    notes.push_back(fmt::format("P50/P90: processing time; the service documents no unit{}", estimateNote(overview)));
    if (totals.totalsChanged) notes.emplace_back(totalsChangedNote);
    for (const std::string& note : totals.leftOut.notes()) notes.push_back(note);
    return notes;
}

}  // namespace applivery::program
