#include "report/report_cells.hpp"

namespace applivery::program {
namespace {

Cell ageCell(const std::optional<BuildBrief>& build, TimePoint now) {
    if (!build || !build->createdAt) return {};
    return std::int64_t{ageOf(*build->createdAt, now).count()};
}

Row percentileCells(const Percentiles& numbers) {
    Row cells{numbers.count(), cell(numbers.at(0.5)), cell(numbers.at(0.9))};
    cells.push_back(numbers.count() == 0 ? Cell{} : Cell{numbers.isExact()});
    return cells;
}

Columns percentileColumns(const std::string& name) {
    return {name + "Count", name + "P50", name + "P90", name + "Exact"};
}

}  // namespace

Cell cell(const std::string& text) {
    return text.empty() ? Cell{} : Cell{text};
}

Row stateCells(const StateCounts& states) {
    return {states.of(BuildStatus::pending), states.of(BuildStatus::inProgress), states.of(BuildStatus::processed),
            states.of(BuildStatus::error), states.of(BuildStatus::unknown)};
}

Columns stateColumns() {
    return {"pending", "inProgress", "processed", "error", "otherState"};
}

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
