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

std::string secondText(TimePoint time) {
    constexpr std::size_t toTheSecond = 19;
    return timeText(time).substr(0, toTheSecond) + 'Z';
}

std::string ageTextOf(const BuildBrief& build, TimePoint now) {
    return build.createdAt ? ageText(ageOf(*build.createdAt, now)) : "?";
}

std::string newestName(const BuildBrief& build) {
    const std::string code = build.versionCode.empty() ? "" : fmt::format(" ({})", printable(build.versionCode));
    return orDash(build.versionName) + code;
}

const Attention* findAttention(const OverviewRow& row, AttentionKind kind) {
    const auto isOfKind = [kind](const Attention& attention) { return attention.kind == kind; };
    const auto found = std::find_if(row.attentions.begin(), row.attentions.end(), isOfKind);
    return found == row.attentions.end() ? nullptr : &*found;
}

// Returns how long the profile of the newest processed build is valid, if that needs attention.
std::string expiryText(const OverviewRow& row, TimePoint now) {
    const Attention* const expiring = findAttention(row, AttentionKind::expiring);
    if (expiring == nullptr) return {};
    const auto left = std::chrono::floor<std::chrono::seconds>(expiring->profile->timeLeft(now));
    return left.count() < 0 ? fmt::format("profile expired {} ago, ", ageText(-left))
                            : fmt::format("profile expires in {}, ", ageText(left));
}

TableCell processedCell(const OverviewRow& row, TimePoint now) {
    const auto& processed = row.group->newestProcessed;
    if (!processed) return {"none"};
    const std::string expiry = expiryText(row, now);
    return {fmt::format("{}{} {}", expiry, ageTextOf(*processed, now), newestName(*processed)),
            expiry.empty() ? TextColor::none : TextColor::yellow};
}

TableCell waitingCell(const OverviewRow& row, TimePoint now) {
    const std::int64_t waiting = row.group->states.waiting();
    if (waiting == 0) return {"-"};
    const bool isStuck = findAttention(row, AttentionKind::stuck) != nullptr;
    return {fmt::format("{} {} {}", waiting, isStuck ? "stuck" : "for", ageTextOf(*row.group->oldestWaiting, now)),
            isStuck ? TextColor::red : TextColor::yellow};
}

const PeriodFigures& previousOf(const OverviewRow& row) {
    static const PeriodFigures none;
    return row.previous == nullptr ? none : *row.previous;
}

TableCell failedCell(const OverviewRow& row, const Period& period) {
    const StateCounts& states = row.group->states;
    const std::int64_t failed = states.of(BuildStatus::error);
    std::string text = fmt::format("{}/{}", failed, states.total());
    if (period.previousSince) {
        const StateCounts& before = previousOf(row).states;
        text += fmt::format(" ({:+}/{:+})", failed - before.of(BuildStatus::error), states.total() - before.total());
    }
    return {std::move(text), failed > 0 ? TextColor::red : TextColor::none};
}

std::string signedNumber(double number) {
    return (number < 0 ? "" : "+") + shortNumber(number);
}

TableCell timesCell(const OverviewRow& row, const Period& period) {
    const Percentiles& times = row.group->times.process;
    std::string text = medianAndP90(times, "~", "/").value_or("-");
    const Percentiles& before = previousOf(row).times.process;
    if (period.previousSince && times.count() > 0 && before.count() > 0) {
        text += fmt::format(" ({}/{})", signedNumber(*times.at(0.5) - *before.at(0.5)),
                            signedNumber(*times.at(0.9) - *before.at(0.9)));
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
    const StateCounts& before = row.previous->states;
    return {
        {orDash(row.os)},
        {fmt::format("no builds; {}/{} failed in the period before", before.of(BuildStatus::error), before.total())}};
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

const PeriodFigures* findPrevious(const BuildStatistics& statistics, const GroupKey& key) {
    const auto found = statistics.previous().find(key);
    return found == statistics.previous().end() ? nullptr : &found->second;
}

void addRowsOf(std::vector<OverviewRow>& rows, const AppOverview& app) {
    const std::size_t before = rows.size();
    if (app.failure()) rows.push_back({&app, {}, nullptr, nullptr, {}, true});
    if (const BuildStatistics* const statistics = app.statistics()) {
        for (const auto& [key, group] : statistics->groups()) {
            rows.push_back({&app, key.second, &group, findPrevious(*statistics, key)});
        }
        for (const auto& [key, figures] : statistics->previous()) {
            if (statistics->groups().count(key) == 0) rows.push_back({&app, key.second, nullptr, &figures});
        }
    }
    if (rows.size() == before) rows.push_back({&app});
}

bool concerns(const Attention& attention, const OverviewRow& row) {
    return attention.app == row.app->app() && (attention.kind == AttentionKind::unread || attention.os == row.os);
}

std::vector<Attention> attentionsOf(const Overview& overview) {
    std::vector<Attention> all;
    for (const AppOverview& app : overview.apps) {
        std::vector<UnreadApp> unread;
        if (app.failure()) unread.push_back({app.app(), app.failure()->message()});
        static const BuildStatistics empty{Period{}};
        std::vector<Attention> own = program::attentionsOf(app.statistics() ? *app.statistics() : empty, unread);
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
        for (const auto& [key, figures] : app.statistics()->previous()) totals.previous.states.add(figures.states);
    }
    return totals;
}

std::vector<TableColumn> overviewColumns() {
    constexpr std::size_t system = 8;        // the longest known system, with a space in front
    constexpr std::size_t stateAndAge = 15;  // the longest known status, with an age
    constexpr std::size_t waiting = 11;
    return {{"OS", system}, {"NEWEST", 4}, {"STATE", stateAndAge}, {"PROCESSED", 4}, {"WAITING", waiting},
            {"FAILED"},     {"P50/P90"}};
}

std::vector<OverviewRow> overviewRows(const Overview& overview) {
    std::vector<OverviewRow> rows;
    for (const AppOverview& app : overview.apps) addRowsOf(rows, app);
    const std::vector<Attention> all = attentionsOf(overview);
    for (OverviewRow& row : rows) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!concerns(all[i], row)) continue;
            row.urgency = std::min(row.urgency, i);
            row.attentions.push_back(all[i]);
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
        const StateCounts& before = totals.previous.states;
        notes.push_back(fmt::format("in brackets: difference to the period from {}, which has {}, {} failed",
                                    secondText(*overview.period.previousSince), counted(before.total(), "build"),
                                    before.of(BuildStatus::error)));
    }
    notes.push_back(fmt::format("P50/P90: processing time; the service documents no unit{}", estimateNote(overview)));
    if (totals.totalsChanged) notes.emplace_back(totalsChangedNote);
    for (const std::string& note : totals.leftOut.notes()) notes.push_back(note);
    return notes;
}

}  // namespace applivery::program
