#include "report/report_sections.hpp"

#include "report/report_charts.hpp"
#include "report/report_html.hpp"
#include "report/report_labels.hpp"
#include "statistics/attention.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

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
    return fmt::format("<div>{} <small>{}, {}{}</small></div>",
                       shown(appPrefix(report, failed.app) + failed.os) + ' ' + shownVersion(failed.build),
                       createdAt ? readable(*createdAt) : "at an unknown time", shownCode(failed.build.id),
                       buildLinks(failed.build));
}

std::vector<std::pair<std::string, const FailureCause*>> causesByCount(
    const std::map<std::string, FailureCause>& failures) {
    constexpr std::size_t maxCodes = 12;
    std::vector<std::pair<std::string, const FailureCause*>> causes;
    causes.reserve(failures.size());
    for (const auto& [code, cause] : failures) causes.emplace_back(code, &cause);
    std::stable_sort(causes.begin(), causes.end(),
                     [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
    causes.resize(std::min(causes.size(), maxCodes));
    return causes;
}

std::string shownDaysLeft(const Profile& profile, TimePoint now) {
    const int days = profile.daysLeft(now);
    std::string text = days < 0 ? "expired " + ageText(ageOf(profile.expiresAt, now)) + " ago" : shownCount(days);
    if (!profile.isCurrent || days >= Attention::expiringDays) return text;
    return fmt::format("<strong class=\"mark\">{}{}</strong>", text,
                       days < 0 ? "" : fmt::format(", under {}", Attention::expiringDays));
}

std::string shownBundle(const Report& report, const Profile& profile) {
    const bool isOneApp = appPrefix(report, profile.app).empty();
    return (isOneApp ? "" : shown(pageNameOf(report, profile.app)) + ' ') + shownCode(profile.bundleIdentifier);
}

std::string profileRows(const Report& report, const char* label, std::vector<Profile>::const_iterator from,
                        std::vector<Profile>::const_iterator to) {
    std::string html =
        "<table class=\"profiles\">" +
        tableHead({"Days left", "Expires (UTC)", "Used by", "Bundle", "Team", "Signing", "Builds", "Newest version"}) +
        "<tbody>\n";
    for (; from != to; ++from) {
        html += tableRow(
            {shownDaysLeft(*from, report.statistics.period().now), "<time>" + dayText(from->expires) + "</time>",
             from->isCurrent ? "newest processed build" : "older builds", shownBundle(report, *from), shown(from->team),
             shown(from->signingType), shownCount(from->builds), shownVersion(from->newest)});
    }
    return scrollable(label, html + "</tbody></table>") + '\n';
}

}  // namespace

std::string failureSection(const Report& report) {
    const auto& failures = report.statistics.failures();
    std::string html = "<section><h2>Failures</h2>\n";
    if (failures.empty()) return html + "<p class=\"none\">No build failed.</p></section>\n";
    html += "<p>The page \u201cBuild Processing Codes\u201d of the service's documentation explains the codes.</p>\n";
    std::string table = "<table class=\"failures\">" +
                        tableHead({"Code", "Failures", "Newest examples", "Error of the newest"}) + "<tbody>\n";
    const auto causes = causesByCount(failures);
    for (const auto& [code, cause] : causes) {
        std::string examples;
        for (const FailedBuild& failed : cause->newest) examples += failureExample(report, failed);
        table += tableRow({shownCode(code), shownCount(cause->count), examples,
                           shown(cause->newest.front().error, maxColumnsOfLongText)});
    }
    html += scrollable("Failures", table + "</tbody></table>") + '\n';
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
    std::vector<Profile> profiles = report.statistics.profiles();
    if (profiles.empty()) return html + "<p class=\"none\">No build has a provisioning profile.</p></section>\n";
    std::stable_partition(profiles.begin(), profiles.end(), [](const Profile& each) { return each.isCurrent; });
    const auto rest = profiles.begin() + std::min(static_cast<std::ptrdiff_t>(profiles.size()), shownAtOnce);
    html += profileRows(report, "Provisioning profiles", profiles.begin(), rest);
    if (rest != profiles.end()) {
        html += fmt::format("<details><summary>{} more</summary>", profiles.end() - rest) +
                profileRows(report, "More provisioning profiles", rest, profiles.end()) + "</details>";
    }
    if (report.statistics.hasMoreProfiles())
        html += "<p class=\"note\">Further profiles that no newest build uses are omitted.</p>\n";
    return html + "</section>\n";
}

}  // namespace applivery::program
