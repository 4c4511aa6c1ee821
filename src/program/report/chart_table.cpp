#include "report/chart_table.hpp"

#include "text/text_format.hpp"

namespace applivery::program {
namespace {

std::string valueCell(const std::optional<double>& value) {
    return R"(<td class="number">)" + (value ? groupedNumber(*value) : "&#8211;") + "</td>";
}

}  // namespace

std::string chartTableHtml(const Chart& chart) {
    std::string html = R"(<table><thead><tr><th scope="col">)" + escapedHtml(chart.categoryTitle) + "</th>";
    for (const ChartSeries& series : chart.series) {
        html += R"(<th scope="col" class="number">)" + escapedHtml(series.name) + "</th>";
    }
    html += "</tr></thead><tbody>\n";
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        html += R"(<tr><th scope="row"><bdi>)" + escapedHtml(chart.categories[i]) + "</bdi></th>";
        for (const ChartSeries& series : chart.series) html += valueCell(series.values[i]);
        html += "</tr>\n";
    }
    return html + "</tbody></table>\n";
}

}  // namespace applivery::program
