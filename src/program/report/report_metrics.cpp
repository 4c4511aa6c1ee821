#include "report/report.hpp"
#include "report/report_labels.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace applivery::program {
namespace {

// Names and values. The values are printable.
using Labels = std::vector<std::pair<std::string, std::string>>;

std::string labelEscaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out;
}

// Returns the labels in braces. Appends a label with `addedName`, unless that name is empty.
std::string labelText(Labels labels, const char* addedName = "", const std::string& addedValue = "") {
    if (*addedName != '\0') labels.emplace_back(addedName, addedValue);
    std::string text;
    for (const auto& [name, value] : labels) {
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, labelEscaped(value));
    }
    return text.empty() ? "" : '{' + text + '}';
}

double inSeconds(std::chrono::duration<double> duration) {
    return duration.count();
}

/// Writes one metric family.
class Family {
public:
    Family(std::string& out, std::string name, const char* type, const char* unit, const std::string& help)
        : out_(out), name_(std::move(name)) {
        out_ += fmt::format("# TYPE {} {}\n", name_, type);
        if (*unit != '\0') out_ += fmt::format("# UNIT {} {}\n", name_, unit);
        out_ += fmt::format("# HELP {} {}\n", name_, help);
    }

    void add(const std::string& labels, double value, const char* suffix = "") {
        out_ += fmt::format("{}{}{} {}\n", name_, suffix, labels, value);
    }

private:
    std::string& out_;
    const std::string name_;
};

/// Values of all groups with the same labels. printable() can make two labels equal, and parsers reject repeated
/// labels.
struct MetricValues {
    StateCounts states;
    OptionalTime newestProcessed;
    OptionalTime oldestWaiting;
    Histogram processTimes;

    void add(const BuildGroup& group) {
        states.add(group.states);
        processTimes.add(group.processTimes);
        if (group.newestProcessed) newestProcessed = std::max(newestProcessed, group.newestProcessed->createdAt);
        const OptionalTime oldest = group.oldestWaiting ? group.oldestWaiting->createdAt : std::nullopt;
        if (oldest) oldestWaiting = std::min(oldestWaiting.value_or(*oldest), *oldest);
    }
};

// Formats a bound as OpenMetrics requires: as a canonical number.
std::string boundText(double bound) {
    constexpr double million = 1e6;
    return bound < million ? fmt::format("{:.1f}", bound) : fmt::format("{:.0e}", bound);
}

class Metrics {
public:
    explicit Metrics(const Report& report)
        : report_(report),
          now_(report.statistics.period().now),
          scope_(" Of " + labelEscaped(printable(scopeOf(report))) +
                 ". Values can decrease, because builds are deleted or leave the period."),
          series_(seriesOf(report)) {}

    std::string text() {
        counts();
        newestProcessed();
        waiting();
        processTimes();
        profiles();
        completeness();
        return out_ + "# EOF\n";
    }

private:
    static std::map<Labels, MetricValues> seriesOf(const Report& report) {
        std::map<Labels, MetricValues> series;
        for (const auto& [key, group] : report.statistics.groups()) {
            series[{{"app", printable(appLabel(report, group.app))}, {"os", printable(group.os)}}].add(group);
        }
        return series;
    }

    void counts() {
        Family builds(out_, "applivery_builds", "gauge", "", "Builds by state." + scope_);
        for (const auto& [labels, series] : series_) {
            for (const BuildStatus state : {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed,
                                            BuildStatus::error, BuildStatus::unknown}) {
                const std::string_view name = state == BuildStatus::unknown ? "other" : toText(state);
                builds.add(labelText(labels, "state", std::string(name)), static_cast<double>(series.states.of(state)));
            }
        }
    }

    void age(const char* name, const std::string& help, OptionalTime MetricValues::*time) {
        Family ages(out_, name, "gauge", "seconds", help);
        for (const auto& [labels, series] : series_) {
            const OptionalTime& created = series.*time;
            if (created) ages.add(labelText(labels), inSeconds(ageOf(*created, now_)));
        }
    }

    void newestProcessed() {
        age("applivery_newest_processed_build_age_seconds",
            "Time since the newest processed build was created." + scope_, &MetricValues::newestProcessed);
        Family times(out_, "applivery_newest_processed_build_created_timestamp_seconds", "gauge", "seconds",
                     "Creation time of the newest processed build." + scope_);
        for (const auto& [labels, series] : series_) {
            if (series.newestProcessed) {
                times.add(labelText(labels), inSeconds(series.newestProcessed->time_since_epoch()));
            }
        }
    }

    void waiting() {
        age("applivery_oldest_waiting_build_age_seconds",
            "Time since the oldest pending or in-progress build was created." + scope_, &MetricValues::oldestWaiting);
    }

    void processTimes() {
        Family times(out_, "applivery_build_process_time", "histogram", "",
                     "processTime of processed builds, in the service's unit, which is not documented." + scope_);
        for (const auto& [labels, series] : series_) {
            const Histogram& histogram = series.processTimes;
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

    // Of profiles with the same labels, reports the one that expires first.
    void profiles() {
        std::map<Labels, int> days;
        for (const Profile& profile : report_.statistics.profiles()) {
            const int left = profile.daysLeft(now_);
            const auto known = days.emplace(Labels{{"app", printable(appLabel(report_, profile.app))},
                                                   {"bundle", printable(profile.bundleIdentifier)},
                                                   {"team", printable(profile.team)},
                                                   {"signing", printable(profile.signingType)},
                                                   {"expires", dayText(profile.expires)}},
                                            left);
            known.first->second = std::min(known.first->second, left);
        }
        Family family(out_, "applivery_provisioning_profile_time_left_seconds", "gauge", "seconds",
                      "Time until a provisioning profile expires, in whole days of 86400 seconds." + scope_);
        for (const auto& [labels, left] : days) family.add(labelText(labels), inSeconds(Days(left)));
    }

    void completeness() {
        {
            Family complete(out_, "applivery_report_complete", "gauge", "",
                            "1 if every app was read completely, else 0.");
            complete.add("", report_.isComplete() ? 1 : 0);
        }
        std::set<std::string> apps;
        for (const UnreadApp& app : report_.unread) apps.insert(printable(appLabel(report_, app.app)));
        Family unread(out_, "applivery_app_unread", "gauge", "", "1 for each app of which builds are missing.");
        for (const std::string& app : apps) unread.add(labelText({{"app", app}}), 1);
    }

    const Report& report_;
    const TimePoint now_;
    const std::string scope_;  // end of each help text
    const std::map<Labels, MetricValues> series_;
    std::string out_;
};

}  // namespace

std::string reportMetrics(const Report& report) {
    return Metrics(report).text();
}

}  // namespace applivery::program
