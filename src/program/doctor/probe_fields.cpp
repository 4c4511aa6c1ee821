/// @file
/// Questions of a probe: how the fields of builds are written.
#include "doctor/probe_questions.hpp"
#include "recording/allowed_value.hpp"
#include "text/text_format.hpp"

#include <applivery/build_json.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace applivery::program {
namespace {

using nlohmann::json;

// Returns the form of a field's value, such as `list` or `text`; empty if the form is unknown.
using FormOf = std::string (*)(const json& value);

// Returns the form of the field in all builds. If any number is a fraction, whole numbers count as fractions too,
// because a JSON writer may write 12.0 as 12.
ProbeAnswer formAnswer(const ProbeSession& session, std::initializer_list<const char*> paths, FormOf formOf) {
    std::map<std::string, int> forms;
    for (const auto& [id, build] : session.builds()) {
        for (const char* const path : paths) {
            const json::json_pointer pointer(path);
            const json value = build.contains(pointer) ? build.at(pointer) : json();
            if (value.empty()) continue;  // null or an empty list, which have no form
            const std::string form = formOf(value);
            ++forms[form.empty() ? Assumption::another : form];
        }
    }
    if (forms.empty()) return {"", "no build has the field"};
    std::string evidence;
    for (const auto& [form, count] : forms)
        evidence += fmt::format("{}{} {}", evidence.empty() ? "" : ", ", count, form);
    const bool areWholeAndFractions = forms.size() == 2 && forms.count("fractions") != 0 && forms.count("whole") != 0;
    std::string found = forms.size() == 1 ? forms.begin()->first : Assumption::mixed;
    if (areWholeAndFractions) found = "fractions";
    return {found, "seen: " + evidence};
}

struct TimeUnit {
    const char* name;
    double perSecond;  // number of units in a second
};

// A difference in the unit of the time can overflow.
double secondsSinceEpoch(std::chrono::system_clock::time_point time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

// Returns the number of seconds in the unknown unit, as each processed build suggests: `updatedAt - createdAt` in
// seconds, divided by `processTime + queuedTime`. Omits builds that lack one of these times.
std::vector<double> secondsPerUnit(const ProbeSession& session) {
    std::vector<double> ratios;
    for (const auto& [id, object] : session.builds()) {
        const Result<Build> build = buildFromJson(object.dump(-1, ' ', false, json::error_handler_t::replace));
        if (!build || build->status != BuildStatus::processed || !build->createdAt || !build->updatedAt) continue;
        const double seconds = secondsSinceEpoch(*build->updatedAt) - secondsSinceEpoch(*build->createdAt);
        const double time = build->processTime.value_or(0) + build->queuedTime.value_or(0);
        if (build->processTime && build->queuedTime && seconds > 0 && time > 0) ratios.push_back(seconds / time);
    }
    return ratios;
}

// Returns the names of the fields of a build that are not empty, at most those of the schema.
std::set<std::string> fieldsOf(const json& build) {
    std::set<std::string> fields;
    for (const auto& [name, value] : build.items()) {
        const bool isEmpty = value.empty() || (value.is_string() && value.get_ref<const std::string&>().empty());
        if (!isEmpty && isOfSchema(name)) fields.insert(name);
    }
    return fields;
}

/// The fields of the builds with one status.
struct StatusFields {
    int builds = 0;                 // number of builds
    std::set<std::string> inAll{};  // fields of each of these builds
    std::set<std::string> inAny{};  // fields of at least one of these builds
};

StatusFields fieldsWith(const ProbeSession& session, BuildStatus status) {
    StatusFields fields;
    for (const auto& [id, build] : session.builds()) {
        const auto found = build.find("status");
        if (found == build.end() || *found != std::string(toText(status))) continue;
        const std::set<std::string> ofBuild = fieldsOf(build);
        std::set<std::string> inBoth;
        std::set_intersection(ofBuild.begin(), ofBuild.end(), fields.inAll.begin(), fields.inAll.end(),
                              std::inserter(inBoth, inBoth.end()));
        fields.inAll = fields.builds == 0 ? ofBuild : inBoth;
        fields.inAny.insert(ofBuild.begin(), ofBuild.end());
        ++fields.builds;
    }
    return fields;
}

}  // namespace

ProbeAnswer probeDevices(ProbeSession& session) {
    return formAnswer(session, {"/info/ios/mobileprovision/ProvisionedDevices"}, [](const json& value) -> std::string {
        return value.is_array() ? "list" : value.is_string() ? "text" : "";
    });
}

ProbeAnswer probeDeviceFamily(ProbeSession& session) {
    return formAnswer(session, {"/info/ios/plist/UIDeviceFamily"}, [](const json& value) -> std::string {
        if (!value.is_array()) return {};
        return value.front().is_number() ? "numbers" : value.front().is_string() ? "texts" : "";
    });
}

ProbeAnswer probeIcons(ProbeSession& session) {
    return formAnswer(session, {"/info/ios/plist/CFBundleIcons"}, [](const json& value) -> std::string {
        return value.is_array() ? "list" : value.is_object() ? "object" : "";
    });
}

ProbeAnswer probeVersionCode(ProbeSession& session) {
    return formAnswer(session, {"/versionCode"}, [](const json& value) -> std::string {
        return value.is_string() ? "text" : value.is_number() ? "number" : "";
    });
}

ProbeAnswer probeTimes(ProbeSession& session) {
    return formAnswer(session, {"/processTime", "/queuedTime"}, [](const json& value) -> std::string {
        return value.is_number_integer() ? "whole" : value.is_number() ? "fractions" : "";
    });
}

// A unit is possible if `processTime + queuedTime` is longer than `updatedAt - createdAt` for no build. A possible unit
// is right if both durations are close for several builds: the last change of these builds was the end of the
// processing. Shorter units are tried first, because a later change of a build can make a longer unit fit, but never a
// shorter one.
ProbeAnswer probeTimeUnit(ProbeSession& session) {
    constexpr std::size_t minBuilds = 3;
    constexpr double tolerance = 2;  // factor
    const std::vector<double> ratios = secondsPerUnit(session);
    if (ratios.size() < minBuilds) return {"", fmt::format("{} processed builds have all times", ratios.size())};
    for (const TimeUnit& unit :
         {TimeUnit{"milliseconds", 1000}, TimeUnit{"seconds", 1}, TimeUnit{"minutes", 1. / 60}}) {
        const auto isImpossible = [&](double ratio) { return ratio * unit.perSecond < 1 / tolerance; };
        const auto isClose = [&](double ratio) { return !isImpossible(ratio) && ratio * unit.perSecond <= tolerance; };
        const auto close = std::count_if(ratios.begin(), ratios.end(), isClose);
        const bool hasImpossible = std::any_of(ratios.begin(), ratios.end(), isImpossible);
        if (hasImpossible || close < static_cast<std::ptrdiff_t>(minBuilds)) continue;
        return {unit.name, fmt::format("processTime + queuedTime is near updatedAt - createdAt in {} of {} builds",
                                       close, ratios.size())};
    }
    return {"",
            fmt::format("processTime + queuedTime and updatedAt - createdAt of {} builds fit no unit", ratios.size())};
}

ProbeAnswer probePendingLacks(ProbeSession& session) {
    if (fieldsWith(session, BuildStatus::pending).builds == 0) {
        (void)session.send({{{"status", std::string(toText(BuildStatus::pending))}, {"limit", "1"}}});
    }
    const StatusFields pending = fieldsWith(session, BuildStatus::pending);
    const StatusFields processed = fieldsWith(session, BuildStatus::processed);
    if (pending.builds == 0) return {"", "no build is pending"};
    if (processed.builds == 0) return {"", "no build is processed"};
    std::vector<std::string> lacking;
    std::set_difference(processed.inAll.begin(), processed.inAll.end(), pending.inAny.begin(), pending.inAny.end(),
                        std::back_inserter(lacking));
    const std::string names = lacking.empty() ? "no field" : fmt::format("{}", fmt::join(lacking, ", "));
    return {lacking.empty() ? "nothing" : counted(static_cast<std::int64_t>(lacking.size()), "field"),
            fmt::format("{}, of {} pending and {} processed builds", names, pending.builds, processed.builds)};
}

}  // namespace applivery::program
