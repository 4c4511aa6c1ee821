// Lists the newest processed iOS builds of the token's app.
#include <applivery/applivery.hpp>

#include <cstdlib>
#include <iostream>

int main() {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const applivery::BuildsClient client{applivery::AppToken{token != nullptr ? token : ""},
                                         applivery::ClientOptions::fromEnvironment()};

    applivery::BuildFilter filter;
    filter.status = applivery::BuildStatus::processed;
    filter.os = applivery::Os::ios;

    const applivery::Result<applivery::BuildPage> page = client.listBuilds(filter);
    if (!page) {
        std::cerr << page.error() << '\n';
        return page.error().kind() == applivery::ErrorKind::authentication ? 3 : 1;
    }
    for (const applivery::Build& build : page->items) {
        std::cout << build.versionName.value_or("-") << "  " << build.id << '\n';
    }
}
