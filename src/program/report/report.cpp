#include "report/report.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::program {
namespace {

// Returns null if the user did not ask for the app.
const ReportedApp* findApp(const Report& report, const std::string& app) {
    const auto isNamed = [&](const ReportedApp& each) { return each.app == app; };
    const auto found = std::find_if(report.apps.begin(), report.apps.end(), isNamed);
    return found == report.apps.end() ? nullptr : &*found;
}

}  // namespace

bool Report::isRead(const std::string& app) const {
    const auto isOfApp = [&](const UnreadApp& each) { return each.app == app; };
    return std::none_of(unread.begin(), unread.end(), isOfApp);
}

std::string appNameOrId(const Report& report, const std::string& app) {
    const ReportedApp* const reported = findApp(report, app);
    if (reported != nullptr && !reported->name.empty()) return reported->name;
    if (reported != nullptr && !reported->serviceName.empty()) return reported->serviceName;
    return app;
}

std::string knownAppName(const Report& report, const BuildGroup& group) {
    const ReportedApp* const reported = findApp(report, group.app);
    return reported != nullptr && !reported->name.empty() ? reported->name : group.appName;
}

std::vector<const ReportedApp*> appsByUrgency(const Report& report, const std::vector<AttentionItem>& attentionItems) {
    std::map<std::string, std::size_t> ranks;
    for (std::size_t i = 0; i < attentionItems.size(); ++i) ranks.emplace(attentionItems[i].app, i);
    const auto rankOf = [&](const ReportedApp* app) {
        const auto rank = ranks.find(app->app);
        return rank == ranks.end() ? attentionItems.size() : rank->second;
    };
    std::vector<const ReportedApp*> apps;
    apps.reserve(report.apps.size());
    for (const ReportedApp& app : report.apps) apps.push_back(&app);
    std::stable_sort(apps.begin(), apps.end(),
                     [&](const ReportedApp* a, const ReportedApp* b) { return rankOf(a) < rankOf(b); });
    return apps;
}

std::optional<BuildBrief> newestProcessedOf(const Report& report, const BuildGroup& group) {
    if (group.newestProcessed) return group.newestProcessed;
    const ReportedApp* const reported = findApp(report, group.app);
    if (reported == nullptr) return std::nullopt;
    const auto build = reported->newestProcessed.find(group.os);
    return build == reported->newestProcessed.end() ? std::nullopt : std::optional(build->second);
}

}  // namespace applivery::program
