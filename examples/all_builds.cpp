// Prints the failed builds of the last thirty days of the token's app.
#include <applivery/applivery.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>

int main() {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""},
                                         applivery::ClientOptions::fromEnvironment()};
    applivery::WalkOptions options;
    options.createdSince = std::chrono::system_clock::now() - std::chrono::hours{24 * 30};

    for (const applivery::Result<applivery::Build>& build : client.builds({}, options)) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        if (build->status == applivery::BuildStatus::error) std::cout << *build << '\n';
    }
}
