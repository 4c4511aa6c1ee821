/// @file
/// The JSON document of an overview.
#include "overview/overview.hpp"
#include "overview/overview_rows.hpp"
#include "statistics/comparison.hpp"
#include "text/messages.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

namespace applivery::program {
namespace {

// The text of each member begins with a comma, and is empty if the value is absent. Only the text of countMembers()
// begins without a comma: it is never empty, and comes first in an object.

std::string textMember(const char* name, const std::string& text) {
    return text.empty() ? "" : fmt::format(",\"{}\":{}", name, jsonQuoted(text));
}

std::string buildMember(const char* name, const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return {};
    std::string members = "\"id\":" + jsonQuoted(build->id) + textMember("versionName", build->versionName) +
                          textMember("versionCode", build->versionCode) + textMember("status", build->status.text());
    if (build->createdAt) {
        members += fmt::format(R"(,"createdAt":"{}","ageSeconds":{})", timeText(*build->createdAt),
                               ageOf(*build->createdAt, now).count());
    }
    return fmt::format(",\"{}\":{{{}}}", name, members);
}

std::string processTimeMember(const Percentiles& times) {
    const auto median = times.at(0.5);
    const auto p90 = times.at(0.9);
    if (!median || !p90) return {};
    return fmt::format(R"(,"processTime":{{"count":{},"p50":{},"p90":{},"exact":{},"unit":"undocumented"}})",
                       times.count(), *median, *p90, times.isExact());
}

std::string countMembers(const StateCounts& states) {
    return fmt::format(R"("builds":{},"failed":{},"waiting":{})", states.total(), states.of(BuildStatus::error),
                       states.waiting());
}

// Returns the numbers of the previous period, and the differences of the current numbers from them.
// @param states of the current period. @param times processing times of the current period.
std::string previousMembers(const PeriodSummary& previous, const StateCounts& states, const Percentiles& times) {
    std::string change = fmt::format(R"("builds":{},"failed":{})", states.total() - previous.states.total(),
                                     states.of(BuildStatus::error) - previous.states.of(BuildStatus::error));
    if (const auto rate = changeOf(previous.states.failureRate(), states.failureRate())) {
        change += fmt::format(R"(,"failureRate":{})", *rate);
    }
    const Percentiles& previousTimes = previous.times.process;
    const auto medianChange = changeOf(previousTimes.at(0.5), times.at(0.5));
    const auto p90Change = changeOf(previousTimes.at(0.9), times.at(0.9));
    if (medianChange && p90Change) {
        change += fmt::format(R"(,"processTime":{{"p50":{},"p90":{}}})", *medianChange, *p90Change);
    }
    return fmt::format(R"(,"previous":{{{}{}}},"change":{{{}}})", countMembers(previous.states),
                       processTimeMember(previousTimes), change);
}

std::string attentionMember(const OverviewRow& row, TimePoint now) {
    std::string list;
    for (const AttentionItem& item : row.attentionItems) {
        if (!list.empty()) list += ',';
        list += fmt::format(R"({{"kind":"{}","message":{}}})", toText(item.kind), jsonQuoted(sentenceOf(item, now)));
    }
    return list.empty() ? "" : ",\"attention\":[" + list + ']';
}

std::string rowJson(const OverviewRow& row, const Period& period) {
    static const BuildGroup noBuilds{};
    static const PeriodSummary noPreviousBuilds{};
    const BuildGroup& group = row.group ? *row.group : noBuilds;
    std::string members = countMembers(group.states) + textMember("app", row.app->app()) +
                          textMember("name", row.app->givenName()) + textMember("appName", group.appName) +
                          textMember("os", row.os) + buildMember("newest", group.newest, period.now) +
                          buildMember("newestProcessed", group.newestProcessed, period.now) +
                          buildMember("oldestWaiting", group.oldestWaiting, period.now) +
                          processTimeMember(group.times.process);
    if (period.previousSince) {
        const PeriodSummary& previous = row.previous ? *row.previous : noPreviousBuilds;
        members += previousMembers(previous, group.states, group.times.process);
    }
    return fmt::format(R"({{{}{},"readAt":"{}"}})", members, attentionMember(row, period.now),
                       timeText(*row.app->readAt()));
}

std::string failureJson(const std::string& app, const Error& error) {
    return '{' + (app.empty() ? "" : "\"app\":" + jsonQuoted(app) + ',') + "\"error\":" + errorJson(error) + '}';
}

void appendElement(std::string& list, const std::string& element, JsonLines lines) {
    if (!list.empty()) list += ',';
    if (lines == JsonLines::many) list += '\n';
    list += element;
}

}  // namespace

std::string overviewJson(const Overview& overview, JsonLines lines) {
    std::string rows;
    std::string errors;
    for (const OverviewRow& row : overviewRows(overview)) {
        // An app that was not read yet is in neither list.
        if (row.isFailure) {
            appendElement(errors, failureJson(row.app->app(), *row.app->failure()), lines);
        } else if (row.app->readAt()) {
            appendElement(rows, rowJson(row, overview.period), lines);
        }
    }
    const OverviewTotals totals = totalsOf(overview);
    const Period& period = overview.period;
    std::string json = fmt::format(R"({{"schema":"applivery.overview/1","at":"{}","since":"{}",)", timeText(period.now),
                                   timeText(*period.since));
    if (period.previousSince) json += fmt::format(R"("previousSince":"{}",)", timeText(*period.previousSince));
    json += fmt::format(R"("rows":[{}],"totals":{{"apps":{},"appsUnread":{},)", rows, totals.apps, totals.unread);
    json += countMembers(totals.states);
    if (period.previousSince) {
        const Percentiles noTimes{};  // the totals contain no processing times
        json += previousMembers(totals.previous, totals.states, noTimes);
    }
    return json + fmt::format("}},\"buildsOfUnknownAge\":{},\"totalsChanged\":{},\"complete\":{},\"errors\":[{}]}}\n",
                              totals.leftOut.unknownAge, totals.totalsChanged, totals.unread == 0, errors);
}

}  // namespace applivery::program
