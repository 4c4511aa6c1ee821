#include "report/group_orders.hpp"

#include "report/group_table.hpp"
#include "report/report_trends.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>

namespace applivery::program {
namespace {

/// Sorts groups by one value of each group. The largest value is first, and a group without the value is last.
struct GroupOrder {
    const char* title;
    std::function<std::optional<double>(const BuildGroup&)> valueOf;
    std::function<std::string(double)> textOf;
};

std::string linkToGroup(const Report& report, const BuildGroup& group, std::size_t position) {
    return fmt::format("<a href=\"#{}\">{}</a>", groupAnchor(position), groupTitle(report, group));
}

std::string listByValue(const Report& report, const std::vector<const BuildGroup*>& groups, const GroupOrder& order) {
    std::vector<std::size_t> positions(groups.size());
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    std::stable_sort(positions.begin(), positions.end(), [&](std::size_t a, std::size_t b) {
        return order.valueOf(*groups[a]) > order.valueOf(*groups[b]);  // std::nullopt is less than every value
    });
    std::string html = fmt::format("<div><h3>{}</h3><ol>\n", order.title);
    for (const std::size_t position : positions) {
        const BuildGroup& group = *groups[position];
        const auto value = order.valueOf(group);
        html += fmt::format("<li>{}: {}</li>\n", linkToGroup(report, group, position),
                            value ? order.textOf(*value) : "unknown");
    }
    return html + "</ol></div>\n";
}

std::string listByName(const Report& report, const std::vector<const BuildGroup*>& groups) {
    std::vector<std::pair<std::string, std::size_t>> names;
    for (std::size_t i = 0; i < groups.size(); ++i) names.emplace_back(groupName(report, *groups[i]), i);
    std::sort(names.begin(), names.end());
    std::string html = "<div><h3>By name</h3><ol>\n";
    for (const auto& [name, position] : names) {
        html += "<li>" + linkToGroup(report, *groups[position], position) + "</li>\n";
    }
    return html + "</ol></div>\n";
}

// Returns the age in seconds.
std::optional<double> ageOfNewest(const BuildGroup& group, TimePoint now) {
    if (!group.newest || !group.newest->createdAt) return std::nullopt;
    return static_cast<double>(ageOf(*group.newest->createdAt, now).count());
}

}  // namespace

std::string groupOrders(const Report& report, const std::vector<const BuildGroup*>& groups) {
    const TimePoint now = report.statistics.period().now;
    const std::vector<GroupOrder> orders{
        {"By failure rate", [](const BuildGroup& group) { return failurePercent(group.states); },
         [](double rate) { return fmt::format("{:.1f}%", rate); }},
        {"By processing time (p90)", [](const BuildGroup& group) { return group.times.process.at(0.9); }, shortNumber},
        {"By age of the newest build", [now](const BuildGroup& group) { return ageOfNewest(group, now); },
         [](double seconds) { return ageText(std::chrono::seconds{static_cast<std::int64_t>(seconds)}); }},
        {"By number of builds",
         [](const BuildGroup& group) { return std::optional<double>(static_cast<double>(group.states.total())); },
         groupedNumber}};
    std::string html = "<details><summary>The same rows in other orders</summary><div class=\"orders\">\n";
    html += listByName(report, groups);
    for (const GroupOrder& order : orders) html += listByValue(report, groups, order);
    return html + "</div></details>\n";
}

}  // namespace applivery::program
