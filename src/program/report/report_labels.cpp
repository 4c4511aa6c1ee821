#include "report/report_labels.hpp"

#include "text/time_text.hpp"

namespace applivery::program {

std::string readable(TimePoint time) {
    std::string text = minuteText(time);
    text[text.find('T')] = ' ';
    text.back() = ' ';
    return text + "UTC";
}

std::string scopeOf(const Report& report) {
    const auto& since = report.statistics.period().since;
    if (!since && report.selection.empty()) return "all builds that the service lists";
    std::string text = "builds";
    if (since) text += " since " + readable(*since);
    const char* separator = " with ";
    for (const auto& [field, value] : report.selection) {
        text += separator + field + '=' + value;
        separator = ", ";
    }
    return text;
}

std::string appLabel(const Report& report, const std::string& app) {
    if (!app.empty()) return app;
    for (const auto& [key, group] : report.statistics.groups()) {
        if (group.app.empty() && !group.appName.empty()) return group.appName;
    }
    return nameOf(report, app);
}

std::string pageNameOf(const Report& report, const std::string& app) {
    const std::string name = nameOf(report, app);
    return name.empty() ? appLabel(report, app) : name;
}

}  // namespace applivery::program
