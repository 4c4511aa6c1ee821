// The short pieces of the guide, each between two marks of its name. Compiled with the examples; run by nobody.
#include <applivery/applivery.hpp>

#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <utility>

void credentials(const std::string& token, const std::string& serviceToken) {
    //! [credentials]
    const applivery::BuildsClient app{applivery::AppToken{token}};
    const applivery::BuildsClient other{applivery::ServiceAccount{serviceToken, "acme", "meridian"}};
    //! [credentials]
}

void filter(const applivery::BuildsClient& client) {
    //! [filter]
    applivery::BuildFilter filter;
    filter.status = applivery::BuildStatus::processed;
    filter.os = applivery::Os::android;
    filter.versionName = "2.5.0";
    applivery::Page second;
    second.number = 2;
    second.limit = 50;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds(filter, second);
    //! [filter]
    if (page) std::cout << page->items.size() << '\n';
}

void fields(const applivery::Build& build) {
    //! [fields]
    if (build.status == applivery::BuildStatus::error) std::cout << build.errorCode.value_or("no code") << '\n';
    if (build.info.ios && build.info.ios->plist) {
        std::cout << applivery::printable(build.info.ios->plist->bundleVersion.value_or("-")) << '\n';
    }
    //! [fields]
}

applivery::Result<applivery::BuildPage> unknownFields(const std::string& token) {
    //! [unknown fields]
    applivery::ClientOptions options;
    options.keepUnknownFields = true;
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (page && !page->items.empty()) std::cout << page->items[0].unknownFields << '\n';  // such as {"files":[…]}
    //! [unknown fields]
    return page;
}

void poller(const applivery::BuildsClient& client, applivery::BuildSelector selector) {
    //! [poller]
    applivery::BuildPoller poller(client, std::move(selector));
    while (!poller.poll()) {
        // The program's own work stands here, for about this long:
        std::this_thread::sleep_for(poller.nextDelay());
    }
    //! [poller]
    if (!poller.results()) std::cerr << poller.results().error() << '\n';
}

void errors(const applivery::BuildsClient& client) {
    //! [errors]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        std::cerr << page.error() << '\n';
        switch (page.error().kind()) {
            case applivery::ErrorKind::authentication:
                break;  // a wrong or revoked token: asking again is of no use
            case applivery::ErrorKind::rateLimited:
                break;  // page.error().retryAfter() tells how long
            default:
                break;
        }
    }
    //! [errors]
}

void proxy(const std::string& token) {
    //! [proxy]
    applivery::ClientOptions options;
    options.proxy = "http://proxy.example.com:3128";
    options.caBundle = "/etc/ssl/company.pem";
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    //! [proxy]
}

void gateway(const std::string& token) {
    //! [gateway]
    applivery::ClientOptions options;
    options.baseUrl = "https://gateway.example.com/applivery";  // the path stands before the service's own
    options.maxRequestsPerSecond = 2;
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    //! [gateway]
}
