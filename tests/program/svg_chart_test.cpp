/// @file
/// SVG charts: axes, gaps and text.
#include "program/report/svg_chart.hpp"

#include "program/report/chart_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace applivery::program {
namespace {

Chart chartOf(ChartKind kind, std::vector<std::optional<double>> values) {
    Chart chart;
    chart.kind = kind;
    chart.title = "Title";
    chart.description = "Description";
    chart.categoryTitle = "day";
    chart.valueTitle = "builds";
    for (std::size_t i = 0; i < values.size(); ++i) chart.categories.push_back("c" + std::to_string(i));
    chart.series = {{"series", "style", std::move(values)}};
    return chart;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Returns the element of the first line, with the path's commands: M moves, L, H and V draw.
std::string linePath(const std::string& svg) {
    const std::size_t begin = svg.find("<path class=\"line");
    return begin == std::string::npos ? "no line" : svg.substr(begin, svg.find("\"/>", begin) - begin);
}

std::ptrdiff_t countOf(char command, const std::string& path) {
    return std::count(path.begin(), path.end(), command);
}

TEST(SvgChart, HasATextAlternative) {
    for (const ChartKind kind : {ChartKind::columns, ChartKind::lines, ChartKind::steps, ChartKind::bars}) {
        const std::string svg = chartSvg(chartOf(kind, {1.0}));
        EXPECT_TRUE(has(svg, "role=\"img\" aria-label=\"Title. Description\"")) << svg;
    }
}

TEST(SvgChart, HasRoundLabelledTicks) {
    const std::string svg = chartSvg(chartOf(ChartKind::columns, {3.0, 87.0}));
    for (const char* const tick : {">0<", ">20<", ">40<", ">60<", ">80<", ">100<"}) EXPECT_TRUE(has(svg, tick)) << tick;
    EXPECT_TRUE(has(svg, ">builds</text>"));
    EXPECT_TRUE(has(svg, ">day</text>"));
    EXPECT_TRUE(has(chartSvg(chartOf(ChartKind::lines, {0.03})), ">0.03<"));
}

TEST(SvgChart, HasIntegerTicksForIntegers) {
    Chart chart = chartOf(ChartKind::columns, {1.0});
    EXPECT_TRUE(has(chartSvg(chart), ">0.2<"));
    chart.hasWholeValues = true;
    EXPECT_FALSE(has(chartSvg(chart), ">0.2<"));
}

TEST(SvgChart, HasAGapForAnAbsentValue) {
    const std::string svg = chartSvg(chartOf(ChartKind::lines, {1.0, 2.0, std::nullopt, 4.0}));
    EXPECT_EQ(countOf('L', linePath(svg)), 1) << "one line, from the first value to the second: " << linePath(svg);
    EXPECT_EQ(countOf('M', linePath(svg)), 2) << linePath(svg);
}

TEST(SvgChart, LabelsSomeOfManyCategoriesAndTheLast) {
    const std::string svg = chartSvg(chartOf(ChartKind::columns, std::vector<std::optional<double>>(300, 1.0)));
    EXPECT_TRUE(has(svg, ">c299</text>"));
    EXPECT_FALSE(has(svg, ">c298</text>"));
    EXPECT_TRUE(has(svg, "<title>c298: 1 series</title>")) << "the tooltip of a category without a label";
}

TEST(SvgChart, KeepsValuesVisibleBesideAnOutlier) {
    const std::string svg = chartSvg(chartOf(ChartKind::lines, {30.0, 40.0, 35.0, 1e308}));
    EXPECT_TRUE(has(svg, ">40<")) << "a tick of the scale: " << svg;
    EXPECT_TRUE(has(svg, "beyond the scale, up to 1e308")) << svg;
    EXPECT_TRUE(has(svg, "<path class=\"beyond\"")) << svg;
    EXPECT_FALSE(has(svg, "inf")) << svg;
}

TEST(SvgChart, DrawsANegativeValueOnTheAxis) {
    const std::string svg = chartSvg(chartOf(ChartKind::steps, {3.0, -1e12}));
    const std::string zero = chartSvg(chartOf(ChartKind::steps, {3.0, 0.0}));
    EXPECT_EQ(linePath(svg), linePath(zero));
}

TEST(SvgChart, HasNoOutlierUpToTenTimesTheUpperQuartile) {
    EXPECT_FALSE(has(chartSvg(chartOf(ChartKind::columns, {1.0, 2.0, 3.0, 20.0})), "beyond"));
    EXPECT_FALSE(has(chartSvg(chartOf(ChartKind::columns, {3.0, 200.0})), "beyond")) << "the upper quartile is 200";
    EXPECT_FALSE(has(chartSvg(chartOf(ChartKind::columns, {1e308})), "beyond"));
}

TEST(SvgChart, HatchesAnUnfinishedCategory) {
    Chart chart = chartOf(ChartKind::lines, {1.0, 2.0, 3.0});
    EXPECT_FALSE(has(chartSvg(chart), "unfinished"));
    chart.isLastUnfinished = true;
    const std::string svg = chartSvg(chart);
    EXPECT_TRUE(has(svg, "<rect class=\"unfinished\"")) << svg;
    EXPECT_TRUE(has(svg, ">unfinished</text>")) << svg;
    EXPECT_EQ(countOf('L', linePath(svg)), 1) << "no line leads to the last value: " << linePath(svg);
}

TEST(SvgChart, MarksACategory) {
    Chart chart = chartOf(ChartKind::steps, {10.0, std::nullopt, 14.0});
    const std::size_t category = 2;
    chart.remark = ChartRemark{category, "+40% in 2.0"};
    EXPECT_TRUE(has(chartSvg(chart), ">+40% in 2.0</text>")) << chartSvg(chart);
}

TEST(SvgChart, ContinuesAStepAcrossAnAbsentValue) {
    const std::string line = linePath(chartSvg(chartOf(ChartKind::steps, {10.0, std::nullopt, 14.0})));
    EXPECT_EQ(countOf('M', line), 1) << line;
    EXPECT_TRUE(has(line, "H") && has(line, "V")) << line;
}

TEST(SvgChart, IsShorterWithoutTooltips) {
    for (const ChartKind kind : {ChartKind::columns, ChartKind::lines}) {
        Chart chart = chartOf(kind, std::vector<std::optional<double>>(90, 1.0));
        const std::size_t size = chartSvg(chart).size();
        chart.hasTooltips = false;
        EXPECT_LT(chartSvg(chart).size(), size / 2);
        EXPECT_FALSE(has(chartSvg(chart), "<title>"));
    }
}

TEST(SvgChart, DefinesAPatternForEachStateExceptProcessed) {
    const std::string svg = svgPatterns();
    for (const char* const state : {"failed", "progress", "pending", "other", "unfinished"}) {
        EXPECT_TRUE(has(svg, "<pattern id=\"fill-" + std::string(state) + "\"")) << state;
    }
}

TEST(SvgChart, EscapesText) {
    Chart chart = chartOf(ChartKind::bars, {1.0});
    chart.title = chart.description = chart.categoryTitle = chart.valueTitle = "<a href=\"x\">'&";
    chart.categories = {chart.title};
    chart.series[0].name = chart.title;
    for (const ChartKind kind : {ChartKind::columns, ChartKind::lines, ChartKind::bars}) {
        chart.kind = kind;
        EXPECT_FALSE(has(chartSvg(chart) + chartTableHtml(chart), "<a ")) << chartSvg(chart);
        EXPECT_TRUE(has(chartSvg(chart), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;"));
    }
}

TEST(SvgChart, MarksAbsentValuesInTheTable) {
    const std::string table = chartTableHtml(chartOf(ChartKind::lines, {1234.0, std::nullopt}));
    EXPECT_TRUE(has(table, "<td class=\"number\">1,234</td>")) << table;
    EXPECT_TRUE(has(table, "<td class=\"number\">&#8211;</td>")) << table;
}

TEST(SvgChart, IsEmptyWithoutAValue) {
    EXPECT_TRUE(chartOf(ChartKind::lines, {std::nullopt, std::nullopt}).isEmpty());
    EXPECT_TRUE(chartOf(ChartKind::bars, {}).isEmpty());
    EXPECT_FALSE(chartOf(ChartKind::bars, {0.0}).isEmpty());
}

}  // namespace
}  // namespace applivery::program
