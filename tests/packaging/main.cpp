// Program of each consumer: includes the public headers, and makes calls that fail before a request is sent.
#include <applivery/applivery.hpp>

#ifdef CONSUMER_JSON_VERSION
#    include <nlohmann/json.hpp>
static_assert(nlohmann::version == CONSUMER_JSON_VERSION, "the parent must see its own nlohmann/json");
#endif

#include <iostream>

int main() {
    const applivery::BuildsClient client{applivery::AppToken{""}};
#if __cplusplus > 201703L
    const auto page = client.listBuilds({.status = applivery::BuildStatus::processed, .os = applivery::Os::ios},
                                        {.number = 1, .limit = 20});
#else
    const auto page = client.listBuilds();
#endif
    bool iterationFailed = false;
    for (const applivery::Result<applivery::Build>& build : client.builds()) iterationFailed = !build;
    std::cout << applivery::version() << '\n';
    return !page && page.error().kind() == applivery::ErrorKind::invalidArgument && iterationFailed ? 0 : 1;
}
