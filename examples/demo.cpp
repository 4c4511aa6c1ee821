// Lists builds: your own where credentials are set, else those of a mock of the service that runs in this process,
// where one more is then uploaded and waited for. Ends with a report of them.
#include "mock_server/demo_builds.hpp"
#include "mock_server/processing.hpp"
#include "mock_server/sample_workspace.hpp"
#include "program/program.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int incomplete = 9;
constexpr const char* uploadedId = "6731f0aa1b2c3d4e5f607181";

// Below the working directory, so that a browser finds it.
int report(const std::vector<std::string>& more) {
    const std::string page = (std::filesystem::current_path() / "applivery-report.html").string();
    std::vector<std::string> arguments{"report", "--html", page};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const int code = applivery::program::run(std::move(arguments));
    if (code == 0 || code == incomplete) std::cerr << "\nA report of these builds was written to " << page << '\n';
    return code;
}

}  // namespace

int main() {
    if (std::getenv("APPLIVERY_APP_TOKEN") != nullptr || std::getenv("APPLIVERY_SERVICE_ACCOUNT_TOKEN") != nullptr) {
        const int code = applivery::program::run({"list"});
        return code != 0 ? code : report({"--since", "90d"});
    }
    const auto now = std::chrono::system_clock::now();
    applivery::mock::MockServer server;
    auto& builds = applivery::mock::sample::addTo(server, applivery::mock::demoBuilds(now));
    setenv("APPLIVERY_APP_TOKEN", applivery::mock::sample::appToken, 1);
    std::cerr << "A mock of the service answers at " << server.baseUrl()
              << "; set APPLIVERY_APP_TOKEN to list your own builds.\n";
    if (const int code = applivery::program::run({"list", "--base-url", server.baseUrl()})) return code;

    applivery::mock::BuildSpec upload;
    upload.id = uploadedId;
    upload.status = "pending";
    upload.versionName = "2.5.0";
    upload.versionCode = "1043";
    upload.createdAt = now + std::chrono::seconds{1};
    builds.add(applivery::mock::makeBuild(upload));
    std::cerr << "\nA build was uploaded:\n";
    applivery::mock::Processing processing(builds, std::chrono::seconds{5});
    processing.begin(uploadedId);
    const int code = applivery::program::run({"wait", "--build-id", uploadedId, "--base-url", server.baseUrl()});
    return code != 0 ? code : report({"--base-url", server.baseUrl()});
}
