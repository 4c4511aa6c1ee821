#include "report/report_cells.hpp"

#include "text/time_text.hpp"

#include <fmt/format.h>

namespace applivery::program {
namespace {

Cell ageCell(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build || !build->createdAt) return {};
    return std::int64_t{ageOf(*build->createdAt, now).count()};
}

Row percentileCells(const Percentiles& numbers) {
    const Cell isExact = numbers.count() == 0 ? Cell{} : Cell{numbers.isExact()};
    return {numbers.count(), cell(numbers.at(0.5)), cell(numbers.at(0.9)), isExact};
}

Columns percentileColumns(const std::string& name) {
    return {name + "Count", name + "P50", name + "P90", name + "Exact"};
}

}  // namespace

Cell cell(const std::string& text) {
    return text.empty() ? Cell{} : Cell{text};
}

std::string cellText(const Cell& cell, std::string (*quoted)(std::string_view)) {
    if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "true" : "false";
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
    if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&cell)) return quoted(*text);
    if (const auto* time = std::get_if<TimePoint>(&cell)) return quoted(timeText(*time));
    return {};
}

Row stateCells(const StateCounts& states) {
    return {states.of(BuildStatus::pending), states.of(BuildStatus::inProgress), states.of(BuildStatus::processed),
            states.of(BuildStatus::error), states.of(BuildStatus::unknown)};
}

Columns stateColumns() {
    return {"pending", "inProgress", "processed", "error", "otherState"};
}

Row briefCells(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build) return Row(briefColumns("").size());
    return {cell(build->versionName), cell(build->versionCode), cell(build->status.text()),
            cell(build->createdAt),   ageCell(build, now),      cell(build->id)};
}

Columns briefColumns(const std::string& prefix) {
    return {prefix + "VersionName", prefix + "VersionCode", prefix + "Status",
            prefix + "CreatedAt",   prefix + "AgeSeconds",  prefix + "Id"};
}

Row timeCells(const BuildTimes& times) {
    Row cells = percentileCells(times.process);
    appendAll(cells, percentileCells(times.queue));
    return cells;
}

Columns timeColumns() {
    Columns columns = percentileColumns("processTime");
    appendAll(columns, percentileColumns("queuedTime"));
    return columns;
}

}  // namespace applivery::program
