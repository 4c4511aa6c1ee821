// Short examples of the guide, each between two marks with its name. They are compiled, but not run.
#include <applivery/applivery.hpp>

#include <chrono>
#include <future>
#include <iostream>
#include <memory>
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

void selector(const applivery::BuildsClient& client, std::chrono::system_clock::time_point uploadedAt) {
    //! [selector]
    applivery::BuildSelector selector = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    selector.os = applivery::Os::ios;
    const applivery::Result<applivery::WaitResult> result = client.waitUntilBuildProcessed(selector);
    //! [selector]
    if (!result) std::cerr << result.error() << '\n';
}

applivery::Result<applivery::BuildPage> unknownFields(const std::string& token) {
    //! [unknown_fields]
    applivery::ClientOptions options;
    options.keepUnknownFields = true;
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (page && !page->items.empty()) std::cout << page->items[0].unknownFields << '\n';  // such as {"files":[…]}
    //! [unknown_fields]
    return page;
}

void poller(const applivery::BuildsClient& client, applivery::BuildSelector selector) {
    //! [poller]
    applivery::BuildPoller poller(client, std::move(selector));
    while (!poller.poll()) {
        // Do other work here for about this time:
        std::this_thread::sleep_for(poller.nextDelay());
    }
    //! [poller]
    if (!poller.results()) std::cerr << poller.results().error() << '\n';
}

void readPages(const std::shared_ptr<applivery::PageStream>& stream) {
    //! [page_stream]
    stream->next([stream](const applivery::NextPage& page) {
        if (!page) return;  // the end
        if (!*page) return void(std::cerr << page->error() << '\n');
        for (const applivery::Build& build : (*page)->items) std::cout << build.id << '\n';
        readPages(stream);
    });
    //! [page_stream]
}

void errors(const applivery::BuildsClient& client) {
    //! [errors]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        std::cerr << page.error() << '\n';
        switch (page.error().kind()) {
            case applivery::ErrorKind::authentication:
                break;  // wrong or revoked token: a retry cannot succeed
            case applivery::ErrorKind::rateLimited:
                break;  // page.error().retryAfter() is the time to wait
            default:
                break;
        }
    }
    //! [errors]
}

void promise(const applivery::BuildsClient& client) {
    //! [promise]
    std::promise<applivery::Result<applivery::BuildPage>> promise;
    auto page = promise.get_future();
    client.listBuildsAsync(
        {}, {}, {}, [promise = std::move(promise)](auto result) mutable { promise.set_value(std::move(result)); });
    //! [promise]
    if (page.get()) std::cout << "listed\n";
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
    options.baseUrl = "https://gateway.example.com/applivery";  // a prefix of the service's path
    options.maxRequestsPerSecond = 2;
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    //! [gateway]
}
