#include "report/report.hpp"

#include <algorithm>

namespace applivery::program {

bool Report::isRead(const std::string& app) const {
    const auto isOfApp = [&](const UnreadApp& each) { return each.app == app; };
    return std::none_of(unread.begin(), unread.end(), isOfApp);
}

std::string nameOf(const Report& report, const ReportedApp& app) {
    if (!app.name.empty()) return app.name;
    const auto& groups = report.statistics.groups();
    for (auto group = groups.lower_bound({app.app, ""}); group != groups.end(); ++group) {
        if (group->first.first != app.app) break;
        if (!group->second.appName.empty()) return group->second.appName;
    }
    return app.app;
}

}  // namespace applivery::program
