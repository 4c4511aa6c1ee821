#include "report/report_sections.hpp"

#include "report/report_charts.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "text/text_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

std::string failureExample(const Report& report, const FailedBuild& failed) {
    const auto& createdAt = failed.build.createdAt;
    return fmt::format("<div>{} <small>{}, {}</small></div>",
                       shown(appPrefix(report, failed.app) + failed.os) + ' ' + shownVersion(failed.build),
                       createdAt ? readable(*createdAt) : "at an unknown time", shown(failed.build.id));
}

std::vector<std::pair<std::string, const FailureCause*>> causesByCount(
    const std::map<std::string, FailureCause>& failures) {
    constexpr std::size_t maxCodes = 12;  // as in the chart
    std::vector<std::pair<std::string, const FailureCause*>> causes;
    causes.reserve(failures.size());
    for (const auto& [code, cause] : failures) causes.emplace_back(code, &cause);
    std::stable_sort(causes.begin(), causes.end(),
                     [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
    causes.resize(std::min(causes.size(), maxCodes));
    return causes;
}

std::string shownDaysLeft(int days) {
    constexpr int expiringDays = 30;
    if (days < 0) return fmt::format("<span class=\"mark\">expired {} ago</span>", counted(-days, "day"));
    if (days < expiringDays) return fmt::format("<span class=\"mark\">{}, under {}</span>", days, expiringDays);
    return shownCount(days);
}

std::string profileRows(const Report& report, std::vector<Profile>::const_iterator from,
                        std::vector<Profile>::const_iterator to) {
    std::string html =
        "<div class=\"wide\"><table>" +
        tableHead({"Days left", "Expires (UTC)", "Bundle", "Team", "Signing", "Builds", "Newest version"}) +
        "<tbody>\n";
    for (; from != to; ++from) {
        html += tableRow({shownDaysLeft(from->daysLeft(report.statistics.period().now)), dayText(from->expires),
                          shown(appPrefix(report, from->app) + from->bundleIdentifier), shown(from->team),
                          shown(from->signingType), shownCount(from->builds), shownVersion(from->newest)});
    }
    return html + "</tbody></table></div>\n";
}

}  // namespace

std::string failureSection(const Report& report) {
    const auto& failures = report.statistics.failures();
    std::string html = "<section><h2>Failures</h2>\n";
    if (failures.empty()) return html + "<p class=\"none\">No build failed.</p></section>\n";
    html +=
        "<p>The page \u201cBuild Processing Codes\u201d of the service's documentation explains the codes.</p>\n"
        "<div class=\"wide\"><table class=\"failures\">" +
        tableHead({"Code", "Failures", "Newest examples", "Error of the newest"}) + "<tbody>\n";
    const auto causes = causesByCount(failures);
    for (const auto& [code, cause] : causes) {
        std::string examples;
        for (const FailedBuild& failed : cause->newest) examples += failureExample(report, failed);
        html += tableRow({shown(code), shownCount(cause->count), examples,
                          shown(cause->newest.front().error, maxColumnsOfLongText)});
    }
    html += "</tbody></table></div>\n";
    const bool areOthers = report.statistics.failuresByOtherCauses() > 0;
    if (failures.size() > causes.size() || areOthers) {
        html += fmt::format("<p class=\"note\">{}{} omitted.</p>\n", areOthers ? "More than " : "",
                            counted(static_cast<std::int64_t>(failures.size() - causes.size()), "more code"));
    }
    return html + "</section>\n";
}

std::string profileSection(const Report& report) {
    constexpr std::ptrdiff_t shownAtOnce = 10;
    std::string html = "<section><h2>Provisioning profiles</h2>\n";
    const std::vector<Profile> profiles = report.statistics.profiles();
    if (profiles.empty()) return html + "<p class=\"none\">No build has a provisioning profile.</p></section>\n";
    const auto rest = profiles.begin() + std::min(static_cast<std::ptrdiff_t>(profiles.size()), shownAtOnce);
    html += profileRows(report, profiles.begin(), rest);
    if (rest != profiles.end()) {
        html += fmt::format("<details><summary>{} more</summary>", profiles.end() - rest) +
                profileRows(report, rest, profiles.end()) + "</details>";
    }
    if (report.statistics.hasMoreProfiles()) html += "<p class=\"note\">Profiles of older builds are omitted.</p>\n";
    return html + "</section>\n";
}

}  // namespace applivery::program
