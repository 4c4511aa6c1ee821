#include "overview/overview_writer.hpp"

#include "overview/left_out_rows.hpp"
#include "overview/overview_rows.hpp"
#include "statistics/comparison.hpp"
#include "text/messages.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace applivery::program {
namespace {

std::string textMember(const char* name, const std::string& text) {
    return text.empty() ? "" : fmt::format(",\"{}\":{}", name, jsonQuoted(text));
}

std::string buildMember(const char* name, const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return {};
    std::string text = "\"id\":" + jsonQuoted(build->id) + textMember("versionName", build->versionName) +
                       textMember("versionCode", build->versionCode) + textMember("status", build->status.text());
    if (build->createdAt) {
        text += fmt::format(R"(,"createdAt":"{}","ageSeconds":{})", timeText(*build->createdAt),
                            ageOf(*build->createdAt, now).count());
    }
    return fmt::format(",\"{}\":{{{}}}", name, text);
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

// The figures of the period before, and how much those of the period are larger.
std::string previousMembers(const PeriodFigures& previous, const StateCounts& states, const Percentiles& times) {
    std::string change = fmt::format(R"("builds":{},"failed":{})", states.total() - previous.states.total(),
                                     states.of(BuildStatus::error) - previous.states.of(BuildStatus::error));
    if (const auto rate = changeOf(previous.states.failureRate(), states.failureRate())) {
        change += fmt::format(R"(,"failureRate":{})", *rate);
    }
    const Percentiles& before = previous.times.process;
    if (times.count() > 0 && before.count() > 0) {
        change += fmt::format(R"(,"processTime":{{"p50":{},"p90":{}}})", *times.at(0.5) - *before.at(0.5),
                              *times.at(0.9) - *before.at(0.9));
    }
    return fmt::format(R"(,"previous":{{{}{}}},"change":{{{}}})", countMembers(previous.states),
                       processTimeMember(before), change);
}

std::string attentionsMember(const OverviewRow& row, TimePoint now) {
    std::string list;
    for (const Attention& attention : row.attentions) {
        if (!list.empty()) list += ',';
        list += fmt::format(R"({{"kind":"{}","message":{}}})", toText(attention.kind),
                            jsonQuoted(sentenceOf(attention, now)));
    }
    return list.empty() ? "" : ",\"attention\":[" + list + ']';
}

std::string rowJson(const OverviewRow& row, const Period& period) {
    static const BuildGroup none{};
    static const PeriodFigures noneBefore{};
    const BuildGroup& group = row.group ? *row.group : none;
    std::string text = countMembers(group.states) + textMember("app", row.app->app()) +
                       textMember("name", row.app->givenName()) + textMember("appName", group.appName) +
                       textMember("os", row.os) + buildMember("newest", group.newest, period.now) +
                       buildMember("newestProcessed", group.newestProcessed, period.now) +
                       buildMember("oldestWaiting", group.oldestWaiting, period.now) +
                       processTimeMember(group.times.process);
    if (period.previousSince) {
        const PeriodFigures& previous = row.previous ? *row.previous : noneBefore;
        text += previousMembers(previous, group.states, group.times.process);
    }
    return fmt::format(R"({{{}{},"readAt":"{}"}})", text, attentionsMember(row, period.now),
                       timeText(*row.app->readAt()));
}

std::string errorEntry(const std::string& app, const Error& error) {
    return '{' + (app.empty() ? "" : "\"app\":" + jsonQuoted(app) + ',') + "\"error\":" + errorJson(error) + '}';
}

// Where the table has the names of the apps.
enum class AppNames {
    none,    // nowhere: there is only one app
    column,  // in the first column
    lines,   // on lines above the rows of an app, for a narrow terminal
};

TextTable tableOf(const Overview& overview, const std::vector<OverviewRow>& rows, AppNames names) {
    std::vector<TableColumn> columns = overviewColumns();
    if (names == AppNames::column) columns.insert(columns.begin(), {"APP", 4});
    TextTable table(std::move(columns));
    const AppOverview* app = nullptr;
    for (const OverviewRow& row : rows) {
        TableRow cells = cellsOf(row, overview.period);
        const std::string name = orDash(row.app->name());
        if (names == AppNames::column) cells.insert(cells.begin(), {name});
        if (names == AppNames::lines) {
            if (std::exchange(app, row.app) != row.app) table.add({{name}});
            cells.front().text.insert(0, " ");
        }
        table.add(std::move(cells));
    }
    return table;
}

TextTable tableFor(const Overview& overview, const std::vector<OverviewRow>& rows, std::optional<std::size_t> columns) {
    const AppNames names = overview.apps.size() > 1 ? AppNames::column : AppNames::none;
    TextTable table = tableOf(overview, rows, names);
    const bool isTooWide = columns && table.width() > *columns;
    return names == AppNames::column && isTooWide ? tableOf(overview, rows, AppNames::lines) : table;
}

std::size_t lineCount(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Appends an element of a JSON list.
void appendElement(std::string& list, const std::string& item, JsonLines lines) {
    if (!list.empty()) list += ',';
    if (lines == JsonLines::many) list += '\n';
    list += item;
}

}  // namespace

std::string overviewTable(const Overview& overview, const OverviewScreen& screen) {
    const std::vector<OverviewRow> rows = overviewRows(overview);
    const std::size_t lines = screen.lines.value_or(std::numeric_limits<std::size_t>::max());
    std::string notes;
    for (const std::string& note : overviewNotes(overview)) notes += note + '\n';
    std::string text;
    const auto fits = [&](std::size_t shown, std::size_t nameColumns) {
        const auto end = rows.begin() + static_cast<std::ptrdiff_t>(shown);
        text = tableFor(overview, {rows.begin(), end}, screen.columns).text(screen.columns, screen.hasColors) +
               leftOutText({end, rows.end()}, screen, nameColumns) + notes;
        return lineCount(text) <= lines;
    };
    constexpr std::size_t usualName = 24;
    for (std::size_t shown = std::min(rows.size(), lines); shown > 0; --shown) {
        if (fits(shown, usualName)) return text;
    }
    for (const std::size_t nameColumns : {usualName, usualName / 2, usualName / 4}) {
        if (fits(0, nameColumns)) break;
    }
    return text;
}

std::string overviewMarkdown(const Overview& overview) {
    const bool hasNames = !overview.apps.front().name().empty();
    std::vector<TableColumn> columns = overviewColumns();
    if (hasNames) columns.insert(columns.begin(), {"APP"});
    std::string text = "|";
    std::string below = "|";
    for (const TableColumn& column : columns) {
        text += ' ' + column.name + " |";
        below += " --- |";
    }
    text += '\n' + below + '\n';
    for (const OverviewRow& row : overviewRows(overview)) {
        TableRow cells = cellsOf(row, overview.period);
        if (hasNames) cells.insert(cells.begin(), {orDash(row.app->name())});
        cells.resize(columns.size());
        text += '|';
        for (const TableCell& cell : cells) text += ' ' + markdownText(cell.text) + " |";
        text += '\n';
    }
    const char* separator = "\n";  // after the first note, a line break of Markdown
    for (const std::string& note : overviewNotes(overview)) {
        text += std::exchange(separator, "  \n") + markdownText(note);
    }
    return text + '\n';
}

std::string overviewJson(const Overview& overview, JsonLines lines) {
    std::string rows;
    std::string errors;
    for (const OverviewRow& row : overviewRows(overview)) {
        if (row.isFailure) {
            appendElement(errors, errorEntry(row.app->app(), *row.app->failure()), lines);
        } else if (row.app->readAt()) {
            appendElement(rows, rowJson(row, overview.period), lines);
        }
    }
    const OverviewTotals totals = totalsOf(overview);
    const Period& period = overview.period;
    std::string text = fmt::format(R"({{"schema":"applivery.overview/1","at":"{}","since":"{}",)", timeText(period.now),
                                   timeText(*period.since));
    if (period.previousSince) text += fmt::format(R"("previousSince":"{}",)", timeText(*period.previousSince));
    text += fmt::format(R"("rows":[{}],"totals":{{"apps":{},"appsUnread":{},)", rows, totals.apps, totals.unread);
    text += countMembers(totals.states);
    if (period.previousSince) text += previousMembers(totals.previous, totals.states, {});
    return text + fmt::format("}},\"buildsOfUnknownAge\":{},\"totalsChanged\":{},\"complete\":{},\"errors\":[{}]}}\n",
                              totals.leftOut.unknownAge, totals.totalsChanged, totals.unread == 0, errors);
}

}  // namespace applivery::program
