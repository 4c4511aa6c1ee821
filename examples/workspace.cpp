// Prints the status of the newest build of each app. Arguments: ids of apps.
#include <applivery/applivery.hpp>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    const char* token = std::getenv("APPLIVERY_SERVICE_ACCOUNT_TOKEN");
    const char* organization = std::getenv("APPLIVERY_ORGANIZATION_ID");
    const applivery::Workspace workspace{applivery::ServiceAccountToken{token != nullptr ? token : ""},
                                         organization != nullptr ? organization : "",
                                         applivery::ClientOptions::fromEnvironment()};
    applivery::Page newest;
    newest.limit = 1;

    int failures = 0;
    for (int i = 1; i < argc; ++i) {
        const auto page = workspace.app(argv[i]).listBuilds({}, newest);
        if (!page) {
            std::cerr << argv[i] << ": " << page.error() << '\n';
            ++failures;
        } else if (page->items.empty()) {
            std::cout << argv[i] << "  no builds\n";
        } else {
            std::cout << argv[i] << "  " << page->items.front().status << '\n';
        }
    }
    return failures == 0 ? 0 : 1;
}
