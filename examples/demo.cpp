// Lists builds and writes a report. If credentials are set, these are your own builds. Otherwise a mock of the service
// runs in this process, and the demonstration also uploads a build and waits for it.
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

constexpr int incompleteCode = 9;
constexpr const char* uploadedId = "6731f0aa1b2c3d4e5f607181";

// Writes a report to the working directory. Returns the exit code of the program.
int writeReport(const std::vector<std::string>& options) {
    const std::string page = (std::filesystem::current_path() / "applivery-report.html").string();
    std::vector<std::string> arguments{"report", "--html", page};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const int code = applivery::program::run(arguments);
    if (code == 0 || code == incompleteCode) std::cerr << "\nThe report of these builds is " << page << '\n';
    return code;
}

}  // namespace

int main() {
    if (std::getenv("APPLIVERY_APP_TOKEN") != nullptr || std::getenv("APPLIVERY_SERVICE_ACCOUNT_TOKEN") != nullptr) {
        const int code = applivery::program::run({"list"});
        return code != 0 ? code : writeReport({"--since", "90d"});
    }
    const auto now = std::chrono::system_clock::now();
    applivery::mock::MockServer server;
    auto& builds = applivery::mock::sample::addTo(server, applivery::mock::demoBuilds(now));
    setenv("APPLIVERY_APP_TOKEN", applivery::mock::sample::appToken, 1);
    std::cerr << "A mock of the service runs at " << server.baseUrl()
              << ". To list your own builds, set APPLIVERY_APP_TOKEN.\n";
    if (const int code = applivery::program::run({"list", "--base-url", server.baseUrl()})) return code;

    applivery::mock::BuildSpec upload;
    upload.id = uploadedId;
    upload.status = "pending";
    upload.versionName = "2.5.0";
    upload.versionCode = "1043";
    upload.createdAt = now + std::chrono::seconds{1};
    builds.add(applivery::mock::makeBuild(upload));
    std::cerr << "\nWaiting for an uploaded build:\n";
    applivery::mock::Processing processing(builds, std::chrono::seconds{5}, std::chrono::system_clock::now);
    processing.begin(uploadedId);
    const int code = applivery::program::run({"wait", "--build-id", uploadedId, "--base-url", server.baseUrl()});
    return code != 0 ? code : writeReport({"--base-url", server.baseUrl()});
}
