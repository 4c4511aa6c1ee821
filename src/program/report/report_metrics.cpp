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

using Labels = std::vector<std::pair<std::string, std::string>>;  // printable

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out;
}

// In braces, with another behind them.
std::string joined(Labels labels, const char* name = "", const std::string& value = "") {
    if (*name != '\0') labels.emplace_back(name, value);
    std::string text;
    for (const auto& [label, of] : labels) {
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", label, escaped(of));
    }
    return text.empty() ? "" : '{' + text + '}';
}

double inSeconds(std::chrono::duration<double> duration) {
    return duration.count();
}

// One metric family.
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

// The groups that have the same labels: parsers demand that a set of them stands once, and printable() may make two
// texts one.
struct Series {
    StateCounts states;
    OptionalTime newestProcessed;
    OptionalTime oldestWaiting;
    Histogram processTimes;

    void add(const BuildGroup& group) {
        states.add(group.all);
        processTimes.add(group.processTimes);
        if (group.newestProcessed) newestProcessed = std::max(newestProcessed, group.newestProcessed->createdAt);
        const OptionalTime oldest = group.oldestWaiting ? group.oldestWaiting->createdAt : std::nullopt;
        if (oldest) oldestWaiting = std::min(oldestWaiting.value_or(*oldest), *oldest);
    }
};

// As the canonical numbers of OpenMetrics are written.
std::string boundText(double bound) {
    constexpr double million = 1e6;
    return bound < million ? fmt::format("{:.1f}", bound) : fmt::format("{:.0e}", bound);
}

class Metrics {
public:
    explicit Metrics(const Report& report)
        : report_(report),
          now_(report.statistics.period().now),
          of_(" Of " + escaped(printable(scopeOf(report))) +
              ". Builds are deleted, and grow too old: values can fall."),
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
    static std::map<Labels, Series> seriesOf(const Report& report) {
        std::map<Labels, Series> series;
        for (const auto& [key, group] : report.statistics.groups()) {
            series[{{"app", printable(appLabel(report, group.app))}, {"os", printable(group.os)}}].add(group);
        }
        return series;
    }

    void counts() {
        Family builds(out_, "applivery_builds", "gauge", "", "Builds by state." + of_);
        for (const auto& [labels, series] : series_) {
            for (const BuildStatus state : {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed,
                                            BuildStatus::error, BuildStatus::unknown}) {
                const std::string_view name = state == BuildStatus::unknown ? "other" : toText(state);
                builds.add(joined(labels, "state", std::string(name)), static_cast<double>(series.states.of(state)));
            }
        }
    }

    void age(const char* name, const std::string& help, OptionalTime Series::*time) {
        Family ages(out_, name, "gauge", "seconds", help);
        for (const auto& [labels, series] : series_) {
            const OptionalTime& made = series.*time;
            if (made) ages.add(joined(labels), inSeconds(ageOf(*made, now_)));
        }
    }

    void newestProcessed() {
        age("applivery_newest_processed_build_age_seconds", "How long ago the newest processed build was made." + of_,
            &Series::newestProcessed);
        Family times(out_, "applivery_newest_processed_build_created_timestamp_seconds", "gauge", "seconds",
                     "When the newest processed build was made." + of_);
        for (const auto& [labels, series] : series_) {
            if (series.newestProcessed) {
                times.add(joined(labels), inSeconds(series.newestProcessed->time_since_epoch()));
            }
        }
    }

    void waiting() {
        age("applivery_oldest_waiting_build_age_seconds",
            "How long ago the oldest build was made that is pending or in progress." + of_, &Series::oldestWaiting);
    }

    void processTimes() {
        Family times(out_, "applivery_build_process_time", "histogram", "",
                     "processTime of processed builds, in a unit that the service does not document." + of_);
        for (const auto& [labels, series] : series_) {
            const Histogram& histogram = series.processTimes;
            const auto add = [&, &labels = labels](const std::string& bound, std::int64_t count) {
                times.add(joined(labels, "le", bound), static_cast<double>(count), "_bucket");
            };
            for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
                add(boundText(Histogram::bounds[i]), histogram.upTo(i));
            }
            add("+Inf", histogram.count());
            times.add(joined(labels), histogram.sum(), "_sum");
            times.add(joined(labels), static_cast<double>(histogram.count()), "_count");
        }
    }

    // Of those with the same labels, the one that expires first.
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
                      "Time to the day on which a provisioning profile expires, in whole days of 86400 seconds." + of_);
        for (const auto& [labels, left] : days) family.add(joined(labels), inSeconds(Days(left)));
    }

    void completeness() {
        {
            Family complete(out_, "applivery_report_complete", "gauge", "", "1 where every app could be read whole.");
            complete.add("", report_.isComplete() ? 1 : 0);
        }
        std::set<std::string> apps;
        for (const UnreadApp& app : report_.unread) apps.insert(printable(appLabel(report_, app.app)));
        Family unread(out_, "applivery_app_unread", "gauge", "", "1 for each app of which builds are missing.");
        for (const std::string& app : apps) unread.add(joined({{"app", app}}), 1);
    }

    const Report& report_;
    const TimePoint now_;
    const std::string of_;  // which builds
    const std::map<Labels, Series> series_;
    std::string out_;
};

}  // namespace

std::string reportMetrics(const Report& report) {
    return Metrics(report).text();
}

}  // namespace applivery::program
