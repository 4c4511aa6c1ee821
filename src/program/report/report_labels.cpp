#include "report/report_labels.hpp"

#include "text/time_text.hpp"

namespace applivery::program {

std::string readableTime(TimePoint time) {
    std::string text = minuteText(time);  // such as 2024-11-11T11:27Z
    text[text.find('T')] = ' ';
    text.back() = ' ';
    return text + "UTC";
}

std::string scopeOf(const Report& report) {
    const auto& since = report.statistics.period().since;
    if (!since && report.selection.empty()) return "all builds that the service lists";
    std::string text = "builds";
    if (since) text += " since " + readableTime(*since);
    const char* separator = " with ";
    for (const auto& [field, value] : report.selection) {
        text += separator + field + '=' + value;
        separator = ", ";
    }
    return text;
}

std::string appLabelOf(const Report& report, const std::string& app) {
    if (!app.empty()) return app;
    for (const auto& [key, group] : report.statistics.groups()) {
        if (group.app.empty() && !group.appName.empty()) return group.appName;
    }
    return appNameOrId(report, app);
}

std::string displayNameOf(const Report& report, const std::string& app) {
    const std::string name = appNameOrId(report, app);
    return name.empty() ? appLabelOf(report, app) : name;
}

}  // namespace applivery::program
