#include "report/report_page.hpp"

#include "report/report_charts.hpp"
#include "report/report_labels.hpp"
#include "text/text_format.hpp"
#include "text/time_text.hpp"

#include <applivery/version.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace applivery::program {
namespace {

constexpr int soon = 30;                // days, of profiles that expire
constexpr std::size_t wholeText = 600;  // columns, of what is read for itself

// Text of the service, whatever its direction; what is left out for its length is to be had by pointing at it.
std::string shown(const std::string& text, std::size_t columns = 60) {
    if (text.empty()) return "\u2013";
    const std::string part = shortened(text, columns);
    if (part == text) return "<bdi>" + htmlText(text) + "</bdi>";
    return "<bdi title=\"" + htmlText(text) + "\">" + htmlText(part) + "</bdi>";
}

std::string versionOf(const BuildBrief& build) {
    return shown(versionNameOf(build)) + (build.versionCode.empty() ? "" : " (" + shown(build.versionCode) + ')');
}

std::string count(std::int64_t number) {
    return groupedNumber(static_cast<double>(number));
}

std::string head(std::initializer_list<const char*> titles) {
    std::string html = "<thead><tr>";
    for (const char* const title : titles) html += fmt::format("<th scope=\"col\">{}</th>", title);
    return html + "</tr></thead>\n";
}

std::string row(std::initializer_list<std::string> cells) {
    std::string html = "<tr>";
    for (const std::string& cell : cells) html += "<td>" + cell + "</td>";
    return html + "</tr>\n";
}

class Page {
public:
    explicit Page(const Report& report) : report_(report), now_(report.statistics.period().now) {}

    std::string html() {
        open();
        tiles();
        groups();
        pictures();
        failures();
        profiles();
        close();
        return std::move(out_);
    }

private:
    void open() {
        const std::string title = titleText();
        out_ = fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{}</title>
<style>{}</style>
</head>
<body>
<header>
<h1>{}</h1>
<p>{}; written {}.</p>
</header>
<main>
)",
                           reportStyleHash, title, reportStyle, title, scopeText(), readable(now_));
        if (report_.totalsChanged) out_ += fmt::format("<p class=\"note\">Note: {}</p>\n", totalsChangedNote);
        if (report_.isComplete()) return;
        out_ += "<section class=\"warning\" role=\"note\"><h2>Incomplete</h2>\n<p>Builds are missing of:</p><ul>\n";
        for (const UnreadApp& app : report_.unread) out_ += "<li>" + shown(app.why, wholeText) + "</li>\n";
        out_ += "</ul></section>\n";
    }

    [[nodiscard]] std::string titleText() const {
        std::set<std::string> apps;
        std::string name;
        for (const auto& [key, group] : report_.statistics.groups()) {
            apps.insert(group.app);
            if (name.empty()) name = group.appName.empty() ? group.app : group.appName;
        }
        if (apps.size() > 1) return fmt::format("Builds of {} apps", apps.size());
        return name.empty() ? "Builds" : "Builds of " + htmlText(shortened(name, 80));
    }

    // As a sentence begins.
    [[nodiscard]] std::string scopeText() const {
        std::string text = scopeOf(report_);
        text.front() = text.front() == 'a' ? 'A' : 'B';
        return htmlText(shortened(text, wholeText));
    }

    void tiles() {
        StateCounts all;
        StateCounts period;
        for (const auto& [key, group] : report_.statistics.groups()) {
            all.add(group.all);
            period.add(group.period);
        }
        const std::int64_t failed = period.of(BuildStatus::error);
        const std::int64_t ended = failed + period.of(BuildStatus::processed);
        const std::string share = ended == 0
                                      ? ""
                                      : fmt::format("{:.1f}% of those that ended",
                                                    100.0 * static_cast<double>(failed) / static_cast<double>(ended));
        out_ += "<section class=\"tiles\" aria-label=\"In short\">\n";
        tile("builds", count(all.total()), "");
        tile("processed", count(all.of(BuildStatus::processed)), "");
        tile("failed", count(failed), share);
        tile("waiting", count(all.waiting()), all.waiting() == 0 ? "" : "pending or in progress");
        out_ += "</section>\n";
    }

    void tile(const char* name, const std::string& value, const std::string& note) {
        out_ += fmt::format("<div class=\"tile\"><span>{}</span><strong>{}</strong><small>{}</small></div>\n", name,
                            value, note);
    }

    void groups() {
        out_ += "<section><h2>By app and system</h2>\n";
        if (report_.statistics.groups().empty()) {
            out_ += "<p class=\"none\">There are no builds.</p></section>\n";
            return;
        }
        out_ += "<div class=\"wide\"><table>" +
                head({"App", "System", "Newest build", "Newest processed", "Waiting", "Failed",
                      "Processing time<br>p50 / p90", "Queue time<br>p50 / p90"}) +
                "<tbody>\n";
        for (const auto& [key, group] : report_.statistics.groups()) out_ += groupRow(group);
        out_ += "</tbody></table></div>\n<p class=\"note\">" + timesNote() + "</p></section>\n";
    }

    [[nodiscard]] std::string groupRow(const BuildGroup& group) const {
        const std::int64_t failed = group.period.of(BuildStatus::error);
        const std::int64_t ended = failed + group.period.of(BuildStatus::processed);
        const std::int64_t waiting = group.all.waiting();
        return row(
            {shown(appLabel(report_, group.app)), shown(group.os),
             versionOf(*group.newest) + "<br><small>" + shown(group.newest->status.text()) + agoOf(group.newest) +
                 "</small>",
             group.newestProcessed
                 ? versionOf(*group.newestProcessed) + "<br><small>" + agoOf(group.newestProcessed) + "</small>"
                 : "none",
             waiting == 0 ? "0" : count(waiting) + "<br><small>the oldest" + agoOf(group.oldestWaiting) + "</small>",
             fmt::format("{}<br><small>of {} that ended</small>", count(failed), count(ended)),
             percentiles(group.times.process), percentiles(group.times.queue)});
    }

    [[nodiscard]] std::string agoOf(const std::optional<BuildBrief>& build) const {
        if (!build || !build->createdAt) return " at an unknown time";
        return ' ' + ageText(ageOf(*build->createdAt, now_)) + " ago";
    }

    static std::string percentiles(const Percentiles& times) {
        return medianAndP90(times, "\u2248 ", " / ").value_or("\u2013");
    }

    static std::string timesNote() {
        return fmt::format(
            "p50 is the median, p90 the 90th percentile. The service documents no unit of processing and queue times; "
            "they "
            "are shown as they came. Percentiles of more than {} builds (\u2248) are off by {:.0f}% at most.",
            count(static_cast<std::int64_t>(Percentiles::exactUpTo)), Percentiles::relativeError * 100);
    }

    void pictures() {
        out_ += "<section><h2>Pictures</h2>\n<div class=\"pictures\">\n";
        picture(dayPicture(report_), "No build has a known day.");
        for (const Picture& week : weekPictures(report_)) picture(week, "No build tells it.");
        picture(failurePicture(report_), "No build failed.");
        picture(sizePicture(report_), "No build tells its size.");
        picture(branchPicture(report_), "No build tells its branch.");
        picture(uploaderPicture(report_), "No build tells who uploaded it.");
        out_ += "</div></section>\n";
    }

    void picture(const Picture& picture, const char* none) {
        const Chart& chart = picture.chart;
        const std::string title = htmlText(chart.title);
        out_ += "<figure><figcaption>" + title + "</figcaption>\n";
        if (chart.isEmpty()) {
            out_ += fmt::format("<p class=\"none\">{}</p></figure>\n",
                                picture.note.empty() ? none : htmlText(picture.note));
            return;
        }
        out_ += svgOf(chart);
        if (!picture.note.empty()) out_ += "<p class=\"note\">" + htmlText(picture.note) + "</p>\n";
        out_ += "<details><summary>Table: " + title + "</summary><div class=\"wide\">" + htmlTableOf(chart) +
                "</div></details></figure>\n";
    }

    void failures() {
        out_ += "<section><h2>Failures</h2>\n";
        if (report_.statistics.failures().empty()) {
            out_ += "<p class=\"none\">No build failed.</p></section>\n";
            return;
        }
        out_ +=
            "<p>What a code means, and how to resolve it, stands in the service's documentation on its page "
            "\u201cBuild Processing Codes\u201d.</p>\n<div class=\"wide\"><table class=\"failures\">" +
            head({"Code", "Failures", "Newest examples", "Error of the newest"}) + "<tbody>\n";
        const auto causes = byCount(report_.statistics.failures());
        for (const auto& [code, cause] : causes) {
            std::string examples;
            for (const FailedBuild& failed : cause->newest) examples += example(failed);
            out_ += row({shown(code), count(cause->count), examples, shown(cause->newest.front().error, wholeText)});
        }
        out_ += "</tbody></table></div>\n";
        const std::size_t codes = report_.statistics.failures().size();
        const bool areOthers = report_.statistics.failuresByOtherCauses() > 0;
        if (codes > causes.size() || areOthers) {
            out_ += fmt::format("<p class=\"note\">{}{} left out.</p>\n", areOthers ? "More than " : "",
                                counted(static_cast<std::int64_t>(codes - causes.size()), "more code"));
        }
        out_ += "</section>\n";
    }

    [[nodiscard]] std::string example(const FailedBuild& failed) const {
        const auto& made = failed.build.createdAt;
        return fmt::format("<div>{} <small>{}, {}</small></div>",
                           shown(appPrefix(report_, failed.app) + failed.os) + ' ' + versionOf(failed.build),
                           made ? readable(*made) : "at an unknown time", shown(failed.build.id));
    }

    static std::vector<std::pair<std::string, const FailureCause*>> byCount(
        const std::map<std::string, FailureCause>& failures) {
        constexpr std::size_t most = 12;  // as in the picture
        std::vector<std::pair<std::string, const FailureCause*>> causes;
        causes.reserve(failures.size());
        for (const auto& [code, cause] : failures) causes.emplace_back(code, &cause);
        std::stable_sort(causes.begin(), causes.end(),
                         [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
        causes.resize(std::min(causes.size(), most));
        return causes;
    }

    void profiles() {
        out_ += "<section><h2>Provisioning profiles</h2>\n";
        const std::vector<Profile> profiles = report_.statistics.profiles();
        if (profiles.empty()) {
            out_ += "<p class=\"none\">No build tells of one.</p></section>\n";
            return;
        }
        const auto first = static_cast<std::ptrdiff_t>(std::min<std::size_t>(profiles.size(), 10));
        profileTable(profiles.begin(), profiles.begin() + first);
        if (profiles.begin() + first != profiles.end()) {
            out_ += fmt::format("<details><summary>{} more</summary>", profiles.end() - profiles.begin() - first);
            profileTable(profiles.begin() + first, profiles.end());
            out_ += "</details>";
        }
        if (report_.statistics.hasMoreProfiles()) out_ += "<p class=\"note\">Those of older builds are left out.</p>\n";
        out_ += "</section>\n";
    }

    void profileTable(std::vector<Profile>::const_iterator from, std::vector<Profile>::const_iterator to) {
        out_ += "<div class=\"wide\"><table>" +
                head({"Days left", "Expires (UTC)", "Bundle", "Team", "Signing", "Builds", "Newest version"}) +
                "<tbody>\n";
        for (; from != to; ++from) {
            out_ += row({daysLeft(*from), dayText(from->expires),
                         shown(appPrefix(report_, from->app) + from->bundleIdentifier), shown(from->team),
                         shown(from->signingType), count(from->builds), versionOf(from->newest)});
        }
        out_ += "</tbody></table></div>\n";
    }

    [[nodiscard]] std::string daysLeft(const Profile& profile) const {
        const int left = profile.daysLeft(now_);
        if (left < 0) return fmt::format("<span class=\"mark\">expired {} ago</span>", counted(-left, "day"));
        if (left < soon) return fmt::format("<span class=\"mark\">{}, under {}</span>", left, soon);
        return count(left);
    }

    void close() {
        out_ += fmt::format(
            "</main>\n<footer><p>applivery-builds {}. Days and weeks are those of UTC.</p></footer>\n"
            "</body>\n</html>\n",
            version());
    }

    const Report& report_;
    const TimePoint now_;
    std::string out_;
};

}  // namespace

std::string reportPage(const Report& report) {
    return Page(report).html();
}

}  // namespace applivery::program
