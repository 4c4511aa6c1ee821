#include "overview/overview_writer.hpp"

#include "overview/overview_rows.hpp"
#include "text/messages.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
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

std::string rowJson(const BuildGroup& group, TimePoint now) {
    const std::string names =
        textMember("app", group.app) + textMember("appName", group.appName) + textMember("os", group.os);
    return fmt::format(R"({{"builds":{},"failed":{},"waiting":{})", group.states.total(),
                       group.states.of(BuildStatus::error), group.states.waiting()) +
           names + buildMember("newest", group.newest, now) +
           buildMember("newestProcessed", group.newestProcessed, now) +
           buildMember("oldestWaiting", group.oldestWaiting, now) + processTimeMember(group.times.process) + '}';
}

std::string errorEntry(const std::string& app, const Error& error) {
    return '{' + (app.empty() ? "" : "\"app\":" + jsonQuoted(app) + ',') + "\"error\":" + errorJson(error) + '}';
}

TextTable tableOf(const Overview& overview, AppNames names, std::optional<std::size_t> maxRows) {
    TextTable table(overviewColumns(names));
    std::vector<TableRow> rows = overviewRows(overview, names);
    const std::size_t shown = maxRows && *maxRows < rows.size() ? std::max<std::size_t>(*maxRows, 1) - 1 : rows.size();
    for (std::size_t i = 0; i < shown; ++i) table.add(std::move(rows[i]));
    if (shown < rows.size()) table.add({{fmt::format("and {} more rows", rows.size() - shown)}});
    return table;
}

// Appends an element of a JSON list on a line of its own.
void appendElement(std::string& list, const std::string& item) {
    list += (list.empty() ? "\n" : ",\n") + item;
}

}  // namespace

std::string overviewTable(const Overview& overview, const OverviewScreen& screen) {
    const AppNames names = overview.apps.size() > 1 ? AppNames::column : AppNames::none;
    TextTable table = tableOf(overview, names, screen.rows);
    const bool isTooWide = screen.columns && table.width() > *screen.columns;
    if (names == AppNames::column && isTooWide) table = tableOf(overview, AppNames::lines, screen.rows);
    std::string text = table.text(screen.columns, screen.hasColors);
    for (const std::string& note : overviewNotes(overview)) text += note + '\n';
    return text;
}

std::string overviewMarkdown(const Overview& overview) {
    const AppNames names = overview.apps.front().app().empty() ? AppNames::none : AppNames::column;
    std::string text = "|";
    std::string below = "|";
    const std::vector<TableColumn> columns = overviewColumns(names);
    for (const TableColumn& column : columns) {
        text += ' ' + column.name + " |";
        below += " --- |";
    }
    text += '\n' + below + '\n';
    for (TableRow& row : overviewRows(overview, names)) {
        row.resize(columns.size());
        text += '|';
        for (const TableCell& cell : row) text += ' ' + markdownText(cell.text) + " |";
        text += '\n';
    }
    const char* separator = "\n";  // after the first note, a line break of Markdown
    for (const std::string& note : overviewNotes(overview)) {
        text += std::exchange(separator, "  \n") + markdownText(note);
    }
    return text + '\n';
}

std::string overviewJson(const Overview& overview) {
    std::string rows;
    std::string errors;
    for (const AppOverview& app : overview.apps) {
        if (app.failure()) appendElement(errors, errorEntry(app.app(), *app.failure()));
        if (app.statistics() == nullptr) continue;
        for (const auto& [key, group] : app.statistics()->groups())
            appendElement(rows, rowJson(group, overview.period.now));
    }
    const OverviewTotals totals = totalsOf(overview);
    return fmt::format(R"({{"schema":"applivery.overview/1","at":"{}","since":"{}","rows":[{}],)",
                       timeText(overview.period.now), timeText(*overview.period.since), rows) +
           fmt::format(R"("totals":{{"apps":{},"appsUnread":{},"builds":{},"failed":{},"waiting":{}}},)", totals.apps,
                       totals.unread, totals.builds, totals.failed, totals.waiting) +
           fmt::format("\"buildsOfUnknownAge\":{},\"totalsChanged\":{},\"complete\":{},\"errors\":[{}]}}\n",
                       totals.leftOut.unknownAge, totals.totalsChanged, totals.unread == 0, errors);
}

}  // namespace applivery::program
