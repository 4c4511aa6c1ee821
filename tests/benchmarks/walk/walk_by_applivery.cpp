/// @file
/// Reads all builds by this library. Arguments: URL, CA bundle, prefetched pages. Prints the number of builds.
#include <applivery/applivery.hpp>

#include <iostream>
#include <string>

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    applivery::ClientOptions options;
    options.baseUrl = argv[1];
    options.caBundle = argv[2];
    applivery::WalkOptions walk;
    walk.limit = 100;
    walk.prefetch = std::stoi(argv[3]);
    std::size_t count = 0;
    for (const auto& build : applivery::BuildsClient(applivery::AppToken{"app-token"}, options).builds({}, walk)) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        count += build->id.empty() ? 0 : 1;
    }
    std::cout << count << '\n';
}
