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
                       textHtml(appPrefix(report, failed.app) + failed.os) + ' ' + versionHtml(failed.build),
                       createdAt ? readableTime(*createdAt) : "at an unknown time", codeHtml(failed.build.id),
                       buildLinks(failed.build));
}

// Returns the error codes with the most failures, most first.
std::vector<std::pair<std::string, const FailureCause*>> mostFrequentCauses(
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

std::string daysLeftHtml(const Profile& profile, TimePoint now) {
    const int days = profile.daysLeft(now);
    std::string text = days < 0 ? "expired " + ageText(ageOf(profile.expiresAt, now)) + " ago" : countText(days);
    if (!profile.isCurrent || days >= AttentionItem::expiringDays) return text;
    return fmt::format("<strong class=\"mark\">{}{}</strong>", text,
                       days < 0 ? "" : fmt::format(", under {}", AttentionItem::expiringDays));
}

std::string bundleHtml(const Report& report, const Profile& profile) {
    const bool isOneApp = appPrefix(report, profile.app).empty();
    return (isOneApp ? "" : textHtml(displayNameOf(report, profile.app)) + ' ') + codeHtml(profile.bundleIdentifier);
}

using ProfileIterator = std::vector<Profile>::const_iterator;

// Returns a table of the profiles from `profile` to `end`.
std::string profileTableHtml(const Report& report, const char* label, ProfileIterator profile, ProfileIterator end) {
    std::string html =
        "<table class=\"profiles\">" +
        tableHead({"Days left", "Expires (UTC)", "Used by", "Bundle", "Team", "Signing", "Builds", "Newest version"}) +
        "<tbody>\n";
    for (; profile != end; ++profile) {
        html += tableRow({daysLeftHtml(*profile, report.statistics.period().now),
                          "<time>" + dayText(profile->expires) + "</time>",
                          profile->isCurrent ? "newest processed build" : "older builds", bundleHtml(report, *profile),
                          textHtml(profile->team), textHtml(profile->signingType), countText(profile->builds),
                          versionHtml(profile->newest)});
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
    const auto causes = mostFrequentCauses(failures);
    for (const auto& [code, cause] : causes) {
        std::string examples;
        for (const FailedBuild& failed : cause->newest) examples += failureExample(report, failed);
        table += tableRow({codeHtml(code), countText(cause->count), examples,
                           textHtml(cause->newest.front().error, maxColumnsOfLongText)});
    }
    html += scrollable("Failures", table + "</tbody></table>") + '\n';
    const bool hasUncountedCodes = report.statistics.failuresByOtherCodes() > 0;
    if (failures.size() > causes.size() || hasUncountedCodes) {
        html += fmt::format("<p class=\"note\">{}{} omitted.</p>\n", hasUncountedCodes ? "More than " : "",
                            counted(static_cast<std::int64_t>(failures.size() - causes.size()), "more code"));
    }
    return html + "</section>\n";
}

std::string profileSection(const Report& report) {
    constexpr std::ptrdiff_t maxUnfolded = 10;  // the reader opens the rest
    std::string html = "<section><h2>Provisioning profiles</h2>\n";
    std::vector<Profile> profiles = report.statistics.profiles();
    if (profiles.empty()) return html + "<p class=\"none\">No build has a provisioning profile.</p></section>\n";
    std::stable_partition(profiles.begin(), profiles.end(), [](const Profile& each) { return each.isCurrent; });
    const auto firstFolded = profiles.begin() + std::min(static_cast<std::ptrdiff_t>(profiles.size()), maxUnfolded);
    html += profileTableHtml(report, "Provisioning profiles", profiles.begin(), firstFolded);
    if (firstFolded != profiles.end()) {
        html += fmt::format("<details><summary>{} more</summary>", profiles.end() - firstFolded) +
                profileTableHtml(report, "More provisioning profiles", firstFolded, profiles.end()) + "</details>";
    }
    if (report.statistics.hasMoreProfiles())
        html += "<p class=\"note\">Further profiles that no newest build uses are omitted.</p>\n";
    return html + "</section>\n";
}

}  // namespace applivery::program
