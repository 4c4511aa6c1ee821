// Counts the failed builds of the last week for each app. Arguments: ids of apps.
#include <applivery/applivery.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>

int main(int argc, char** argv) {
    const char* token = std::getenv("APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    const char* organization = std::getenv("APPLIVERY_ORGANIZATION_ID");
    const applivery::Workspace workspace{applivery::ServiceAccountToken{token != nullptr ? token : ""},
                                         organization != nullptr ? organization : "",
                                         applivery::ClientOptions::fromEnvironment()};
    applivery::WalkOptions options;
    options.createdSince = std::chrono::system_clock::now() - std::chrono::hours{24 * 7};
    options.limit = 100;

    std::map<std::string, int> failures;
    int failedApps = 0;
    for (const applivery::AppBuild& app : workspace.builds({argv + 1, argv + argc}, {}, options)) {
        if (!app.build) {
            std::cerr << app.applicationId << ": " << app.build.error() << '\n';
            ++failedApps;
        } else if (app.build->status == applivery::BuildStatus::error) {
            ++failures[app.applicationId];
        }
    }
    for (const auto& [app, count] : failures) std::cout << app << "  " << count << '\n';
    return failedApps == 0 ? 0 : 1;
}
