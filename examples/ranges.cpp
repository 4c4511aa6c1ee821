// Prints the versions of the five newest failed builds, with C++20 views.
#include <applivery/applivery.hpp>

#include <cstdlib>
#include <iostream>
#include <ranges>

int main() {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""},
                                         applivery::ClientOptions::fromEnvironment()};
    const auto hasFailed = [](const applivery::Result<applivery::Build>& build) {
        return build.value().status == applivery::BuildStatus::error;  // value() throws if the iteration failed
    };
    const auto version = [](const auto& build) { return build->versionName.value_or("-"); };
    try {
        int left = 5;
        for (const std::string& name :
             client.builds() | std::views::filter(hasFailed) | std::views::transform(version)) {
            std::cout << name << '\n';
            if (--left == 0) break;  // views::take(5) would first fetch a sixth build
        }
    } catch (const applivery::Exception& exception) {
        std::cerr << exception.error() << '\n';
        return 1;
    }
}
