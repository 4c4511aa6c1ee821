// Lists builds: your own where credentials are set, else those of a mock of the service that runs in this process.
#include "applivery_builds/program.hpp"
#include "mock_server/demo_builds.hpp"
#include "mock_server/sample_workspace.hpp"

#include <cstdlib>
#include <iostream>

int main() {
    if (std::getenv("APPLIVERY_APP_TOKEN") != nullptr || std::getenv("APPLIVERY_SERVICE_ACCOUNT_TOKEN") != nullptr) {
        return applivery::program::run({"list"});
    }
    applivery::mock::MockServer server;
    applivery::mock::sample::addTo(server, applivery::mock::demoBuilds());
    setenv("APPLIVERY_APP_TOKEN", applivery::mock::sample::appToken, 1);
    std::cerr << "A mock of the service answers at " << server.baseUrl()
              << "; set APPLIVERY_APP_TOKEN to list your own builds.\n";
    return applivery::program::run({"list", "--base-url", server.baseUrl()});
}
