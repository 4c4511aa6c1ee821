#include "report/report.hpp"
#include "report/report_texts.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace applivery::program {
namespace {

using Labels = std::vector<std::pair<const char*, std::string>>;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out;
}

std::string joined(const Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escaped(value));
    }
    return text.empty() ? "" : '{' + text + '}';
}

double seconds(TimePoint::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

// One metric family. A set of labels stands in it once, as parsers demand; printable() may make two texts one.
class Family {
public:
    Family(std::string& out, std::string name, const char* type, const char* unit, const std::string& help)
        : out_(out), name_(std::move(name)) {
        out_ += fmt::format("# TYPE {} {}\n", name_, type);
        if (*unit != '\0') out_ += fmt::format("# UNIT {} {}\n", name_, unit);
        out_ += fmt::format("# HELP {} {}\n", name_, help);
    }

    void add(const Labels& labels, double value, const char* suffix = "") {
        std::string series = name_ + suffix + joined(labels);
        if (series_.insert(series).second) out_ += fmt::format("{} {}\n", series, value);
    }

private:
    std::string& out_;
    const std::string name_;
    std::set<std::string> series_;
};

Labels labelsOf(const BuildGroup& group) {
    return {{"app", group.app.empty() ? group.appName : group.app}, {"os", group.os.empty() ? "unknown" : group.os}};
}

Labels with(Labels labels, const char* name, std::string value) {
    labels.emplace_back(name, std::move(value));
    return labels;
}

// As the canonical numbers of OpenMetrics are written.
std::string boundText(double bound) {
    constexpr double million = 1e6;
    return bound < million ? fmt::format("{:.1f}", bound) : fmt::format("{:.0e}", bound);
}

class Metrics {
public:
    explicit Metrics(const Report& report)
        : report_(report), now_(report.statistics.period().now), of_(" Of " + escaped(scopeOf(report)) + '.') {}

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
    template <typename Use>
    void eachGroup(const Use& use) const {
        for (const auto& [key, group] : report_.statistics.groups()) use(group);
    }

    void counts() {
        Family builds(out_, "applivery_builds", "gauge", "", "Builds by state." + of_);
        eachGroup([&](const BuildGroup& group) {
            for (const BuildStatus state : {BuildStatus::pending, BuildStatus::inProgress, BuildStatus::processed,
                                            BuildStatus::error, BuildStatus::unknown}) {
                const std::string_view name = state == BuildStatus::unknown ? "other" : toText(state);
                builds.add(with(labelsOf(group), "state", std::string(name)), static_cast<double>(group.all.of(state)));
            }
        });
    }

    void age(const char* name, const std::string& help, std::optional<BuildBrief> BuildGroup::*build) {
        Family ages(out_, name, "gauge", "seconds", help);
        eachGroup([&](const BuildGroup& group) {
            const auto& made = group.*build ? (group.*build)->createdAt : std::nullopt;
            if (made) ages.add(labelsOf(group), std::max(seconds(now_ - *made), 0.0));
        });
    }

    void newestProcessed() {
        age("applivery_newest_processed_build_age_seconds", "How long ago the newest processed build was made." + of_,
            &BuildGroup::newestProcessed);
        Family times(out_, "applivery_newest_processed_build_created_timestamp_seconds", "gauge", "seconds",
                     "When the newest processed build was made." + of_);
        eachGroup([&](const BuildGroup& group) {
            if (group.newestProcessed && group.newestProcessed->createdAt) {
                times.add(labelsOf(group), seconds(group.newestProcessed->createdAt->time_since_epoch()));
            }
        });
    }

    void waiting() {
        age("applivery_oldest_waiting_build_age_seconds",
            "How long ago the oldest build was made that is pending or in progress." + of_, &BuildGroup::oldestWaiting);
    }

    void processTimes() {
        Family times(out_, "applivery_build_process_time", "histogram", "",
                     "processTime of processed builds, in a unit that the service does not document." + of_);
        eachGroup([&](const BuildGroup& group) {
            const Histogram& histogram = group.processTimes;
            const auto add = [&](const std::string& bound, std::int64_t count) {
                times.add(with(labelsOf(group), "le", bound), static_cast<double>(count), "_bucket");
            };
            for (std::size_t i = 0; i < Histogram::bounds.size(); ++i) {
                add(boundText(Histogram::bounds[i]), histogram.upTo(i));
            }
            add("+Inf", histogram.count());
            times.add(labelsOf(group), histogram.sum(), "_sum");
            times.add(labelsOf(group), static_cast<double>(histogram.count()), "_count");
        });
    }

    void profiles() {
        Family left(out_, "applivery_provisioning_profile_time_left_seconds", "gauge", "seconds",
                    "Time to the day on which a provisioning profile expires, in whole days of 86400 seconds." + of_);
        for (const Profile& profile : report_.statistics.profiles()) {
            left.add({{"app", profile.app},
                      {"bundle", profile.bundleIdentifier},
                      {"team", profile.team},
                      {"signing", profile.signingType},
                      {"expires", dayText(profile.expires)}},
                     seconds(Days(profile.daysLeft(now_))));
        }
    }

    void completeness() {
        {
            Family complete(out_, "applivery_report_complete", "gauge", "", "1 where every app could be read whole.");
            complete.add({}, report_.isComplete() ? 1 : 0);
        }
        Family unread(out_, "applivery_app_unread", "gauge", "", "1 for each app of which builds are missing.");
        for (const UnreadApp& app : report_.unread) unread.add({{"app", app.app}}, 1);
    }

    const Report& report_;
    const TimePoint now_;
    const std::string of_;  // which builds
    std::string out_;
};

}  // namespace

std::string reportMetrics(const Report& report) {
    return Metrics(report).text();
}

}  // namespace applivery::program
