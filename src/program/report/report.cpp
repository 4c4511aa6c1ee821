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

std::string nameOf(const Report& report, const std::string& app) {
    const ReportedApp* const known = findApp(report, app);
    if (known != nullptr && !known->name.empty()) return known->name;
    if (known != nullptr && !known->serviceName.empty()) return known->serviceName;
    return app;
}

std::string nameOf(const Report& report, const BuildGroup& group) {
    const ReportedApp* const known = findApp(report, group.app);
    return known != nullptr && !known->name.empty() ? known->name : group.appName;
}

std::vector<const ReportedApp*> appsByUrgency(const Report& report, const std::vector<Attention>& attentions) {
    std::map<std::string, std::size_t> ranks;
    for (std::size_t i = 0; i < attentions.size(); ++i) ranks.emplace(attentions[i].app, i);
    const auto rankOf = [&](const ReportedApp* app) {
        const auto rank = ranks.find(app->app);
        return rank == ranks.end() ? attentions.size() : rank->second;
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
    const ReportedApp* const known = findApp(report, group.app);
    if (known == nullptr) return std::nullopt;
    const auto build = known->newestProcessed.find(group.os);
    return build == known->newestProcessed.end() ? std::nullopt : std::optional(build->second);
}

}  // namespace applivery::program
