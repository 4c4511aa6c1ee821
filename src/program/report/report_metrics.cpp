/// @file
/// A report in the text format of OpenMetrics.
#include "report/metric_family.hpp"
#include "report/report.hpp"
#include "report/report_labels.hpp"
#include "statistics/comparison.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace applivery::program {
namespace {

// Divides whole milliseconds, because the product of nanoseconds and 1e-9 is inexact: 1.1939998 for 1.194.
template <typename Duration>
double inSeconds(Duration duration) {
    return static_cast<double>(std::chrono::floor<std::chrono::milliseconds>(duration).count()) / 1000;
}

/// Values of all groups with the same labels. printable() can make the labels of two groups equal, and parsers reject
/// repeated labels.
struct LabelledGroups {
    StateCounts states;
    OptionalTime oldestWaiting;
    Histogram processTimes;

    void add(const BuildGroup& group) {
        states.add(group.states);
        processTimes.add(group.processTimes);
        const OptionalTime oldest = group.oldestWaiting ? group.oldestWaiting->createdAt : std::nullopt;
        if (oldest) oldestWaiting = std::min(oldestWaiting.value_or(*oldest), *oldest);
    }
};

// Formats a bound as a canonical number, because OpenMetrics requires these for the label `le`.
std::string boundText(double bound) {
    constexpr double million = 1e6;
    return bound < million ? fmt::format("{:.1f}", bound) : fmt::format("{:.0e}", bound);
}

/// Writes the metrics of a report, family by family.
class Metrics {
public:
    explicit Metrics(const Report& report)
        : report_(report),
          now_(report.statistics.period().now),
          scope_(" Of " + metricHelp(printable(scopeOf(report))) +
                 ". Values can decrease, because builds are deleted or leave the period."),
          groups_(groupsByLabels(report)) {}

    std::string text() {
        writeCounts();
        writeNewestProcessed();
        writeWaiting();
        writeProcessTimes();
        writeProfiles();
        writeAttention();
        writeComparison();
        writeApps();
        writeCompleteness();
        return out_ + "# EOF\n";
    }

private:
    static std::map<Labels, LabelledGroups> groupsByLabels(const Report& report) {
        std::map<Labels, LabelledGroups> groups;
        for (const auto& [key, group] : report.statistics.groups()) {
            groups[labelsOf(report, key)].add(group);
        }
        return groups;
    }

    static Labels labelsOf(const Report& report, const GroupKey& key) {
        return {{"app", printable(appLabelOf(report, key.app))}, {"os", printable(key.os)}};
    }

    // Returns a family of values that may rise and fall. @param unit empty if there is none.
    MetricFamily gauge(std::string name, const char* unit, const std::string& help) {
        return {out_, std::move(name), "gauge", unit, help};
    }

    void writeCounts() {
        MetricFamily builds = gauge("applivery_builds", "", "Builds by state." + scope_);
        for (const auto& [labels, groups] : groups_) {
            for (const BuildStatus state : {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed,
                                            BuildStatus::error, BuildStatus::unknown}) {
                const std::string_view name = state == BuildStatus::unknown ? "other" : toText(state);
                builds.add(labelText(labels, "state", std::string(name)), static_cast<double>(groups.states.of(state)));
            }
        }
    }

    using TimesByLabels = std::map<Labels, TimePoint>;

    void writeAges(const char* name, const std::string& help, const TimesByLabels& times) {
        MetricFamily family = gauge(name, "seconds", help + scope_);
        for (const auto& [labels, time] : times) family.add(labelText(labels), inSeconds(ageOf(time, now_)));
    }

    // Also reads ReportedApp::newestProcessed, because the newest processed build can be from before the period.
    void writeNewestProcessed() {
        TimesByLabels times;
        const auto add = [&](const GroupKey& key, const BuildBrief& build) {
            if (!build.createdAt) return;
            TimePoint& newest = times.emplace(labelsOf(report_, key), *build.createdAt).first->second;
            newest = std::max(newest, *build.createdAt);
        };
        for (const auto& [key, group] : report_.statistics.groups()) {
            if (group.newestProcessed) add(key, *group.newestProcessed);
        }
        for (const ReportedApp& app : report_.apps) {
            for (const auto& [os, build] : app.newestProcessed) add({app.app, os}, build);
        }
        writeAges("applivery_newest_processed_build_age_seconds",
                  "Time since the newest processed build was created, also if it was before the period.", times);
        MetricFamily family =
            gauge("applivery_newest_processed_build_created_timestamp_seconds", "seconds",
                  "Creation time of the newest processed build, also if it was before the period." + scope_);
        for (const auto& [labels, time] : times) family.add(labelText(labels), inSeconds(time.time_since_epoch()));
    }

    void writeWaiting() {
        TimesByLabels times;
        for (const auto& [labels, groups] : groups_) {
            if (groups.oldestWaiting) times.emplace(labels, *groups.oldestWaiting);
        }
        writeAges("applivery_oldest_waiting_build_age_seconds",
                  "Time since the oldest pending or in-progress build was created.", times);
    }

    void writeProcessTimes() {
        MetricFamily times(out_, "applivery_build_process_time", "histogram", "",
                           "processTime of processed builds, in the service's unit, which is not documented." + scope_);
        for (const auto& [labels, groups] : groups_) {
            const Histogram& histogram = groups.processTimes;
            const auto add = [&, &labels = labels](const std::string& bound, std::int64_t count) {
                times.add(labelText(labels, "le", bound), static_cast<double>(count), "_bucket");
            };
            for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
                add(boundText(Histogram::bounds[i]), histogram.upTo(i));
            }
            add("+Inf", histogram.count());
            times.add(labelText(labels), histogram.sum(), "_sum");
            times.add(labelText(labels), static_cast<double>(histogram.count()), "_count");
        }
    }

    [[nodiscard]] Labels labelsOf(const Profile& profile) const {
        return {{"app", printable(appLabelOf(report_, profile.app))},
                {"bundle", printable(profile.bundleIdentifier)},
                {"team", printable(profile.team)},
                {"signing", printable(profile.signingType)},
                {"expires", dayText(profile.expires)},
                {"current", profile.isCurrent ? "true" : "false"}};
    }

    // If several profiles have the same labels, reports the one that expires first.
    void writeProfiles() {
        std::map<Labels, std::chrono::milliseconds> timesLeft;
        for (const Profile& profile : report_.statistics.profiles()) {
            const auto timeLeft = profile.timeLeft(now_);
            auto& shortest = timesLeft.emplace(labelsOf(profile), timeLeft).first->second;
            shortest = std::min(shortest, timeLeft);
        }
        MetricFamily family =
            gauge("applivery_provisioning_profile_time_left_seconds", "seconds",
                  "Time until a provisioning profile expires; negative after it. The label current is true if the "
                  "newest processed build of an app and system uses the profile." +
                      scope_);
        for (const auto& [labels, timeLeft] : timesLeft) family.add(labelText(labels), inSeconds(timeLeft));
    }

    void writeAttention() {
        std::map<Labels, std::map<AttentionKind, int>> counts;
        for (const auto& [labels, groups] : groups_) counts[labels];  // adds zeros: a family without gaps
        for (const AttentionItem& item : attentionItemsOf(report_.statistics)) {
            ++counts[labelsOf(report_, {item.app, item.os})][item.kind];
        }
        MetricFamily family = gauge(
            "applivery_attention", "",
            "Conditions that require action: the newest build failed, a waiting build is stuck, or the profile of the "
            "newest processed build expires in less than 30 days." +
                scope_);
        for (auto& [labels, byKind] : counts) {
            for (const AttentionKind kind : {AttentionKind::failed, AttentionKind::stuck, AttentionKind::expiring}) {
                family.add(labelText(labels, "kind", std::string(toText(kind))), byKind[kind]);
            }
        }
    }

    void writeComparison() {
        std::map<Labels, Comparison> comparisons;
        for (const auto& [key, compared] : comparisonOf(report_.statistics)) {
            comparisons[labelsOf(report_, key)].add(compared);
        }
        if (comparisons.empty()) return;
        writeBothPeriods(comparisons, "builds", "Builds created in a period.", [](const PeriodSummary& summary) {
            return std::optional(static_cast<double>(summary.states.total()));
        });
        writeBothPeriods(comparisons, "failure_ratio", "Share of failed builds among those that ended.",
                         [](const PeriodSummary& summary) { return summary.states.failureRate(); });
        const std::string unit = " percentile of processTime, in the service's unit, which is not documented.";
        writeBothPeriods(comparisons, "process_time_p50", "50th" + unit,
                         [](const PeriodSummary& summary) { return summary.times.process.at(0.5); });
        writeBothPeriods(comparisons, "process_time_p90", "90th" + unit,
                         [](const PeriodSummary& summary) { return summary.times.process.at(0.9); });
    }

    // Writes a family with a number of both periods, and a family with the difference.
    // @param numberOf returns the number of a PeriodSummary; absent if it is unknown.
    template <typename NumberOf>
    void writeBothPeriods(const std::map<Labels, Comparison>& comparisons, const std::string& name,
                          const std::string& help, const NumberOf& numberOf) {
        MetricFamily values =
            gauge("applivery_period_" + name, "",
                  help + " The period previous ends at the start of the period current, and is as long." + scope_);
        for (const auto& [labels, compared] : comparisons) {
            const auto previous = numberOf(compared.previous);
            const auto current = numberOf(compared.current);
            if (previous) values.add(labelText(labels, "period", "previous"), *previous);
            if (current) values.add(labelText(labels, "period", "current"), *current);
        }
        MetricFamily changes =
            gauge("applivery_period_" + name + "_change", "", help + " Difference from the period before." + scope_);
        for (const auto& [labels, compared] : comparisons) {
            const auto change = changeOf(numberOf(compared.previous), numberOf(compared.current));
            if (change) changes.add(labelText(labels), *change);
        }
    }

    // If several apps have the same label, reports 1 only if all of them were read.
    void writeApps() {
        struct LabelledApps {
            std::string name;
            bool areRead = true;
        };
        std::map<std::string, LabelledApps> appsByLabel;
        for (const ReportedApp& app : report_.apps) {
            LabelledApps& apps = appsByLabel[printable(appLabelOf(report_, app.app))];
            if (apps.name.empty()) apps.name = printable(appNameOrId(report_, app.app));
            if (!report_.isRead(app.app)) apps.areRead = false;
        }
        MetricFamily family = gauge(
            "applivery_app_read", "",
            "1 if the builds of the app were read completely, else 0. An app without builds has this series, too.");
        for (const auto& [label, apps] : appsByLabel) {
            family.add(labelText({{"app", label}, {"name", apps.name}}), apps.areRead ? 1 : 0);
        }
    }

    void writeCompleteness() {
        MetricFamily complete = gauge("applivery_report_complete", "", "1 if every app was read completely, else 0.");
        complete.add("", report_.isComplete() ? 1 : 0);
        MetricFamily incomplete = gauge("applivery_report_table_incomplete", "",
                                        "1 for each table of the report that leaves something out to limit the size.");
        for (const std::string& table : incompleteTables(report_)) incomplete.add(labelText({{"table", table}}), 1);
        std::set<std::string> apps;
        for (const UnreadApp& app : report_.unread) apps.insert(printable(appLabelOf(report_, app.app)));
        MetricFamily unread = gauge("applivery_app_unread", "", "1 for each app of which builds are missing.");
        for (const std::string& app : apps) unread.add(labelText({{"app", app}}), 1);
    }

    const Report& report_;
    const TimePoint now_;
    const std::string scope_;  // end of most help texts: which builds the metrics are about
    const std::map<Labels, LabelledGroups> groups_;
    std::string out_;
};

}  // namespace

std::string reportMetrics(const Report& report) {
    return Metrics(report).text();
}

}  // namespace applivery::program
