// Waits until an uploaded build is processed. The argument is the id of the build.
#include <applivery/applivery.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""},
                                         applivery::ClientOptions::fromEnvironment()};
    const auto selector = applivery::BuildSelector::byId(argc > 1 ? argv[1] : "");
    applivery::WaitOptions options;
    options.timeout = std::chrono::minutes{30};
    options.onEvent = [](const applivery::WaitEvent& event) {
        if (event.build) std::cerr << *event.build << '\n';
    };

    const applivery::Result<applivery::WaitResult> result = client.waitUntilBuildProcessed(selector, options);
    if (!result) {
        std::cerr << result.error() << '\n';
        return 1;
    }
    std::cout << toString(result->outcome) << '\n';
    return result->outcome == applivery::WaitOutcome::processed ? 0 : 1;
}
