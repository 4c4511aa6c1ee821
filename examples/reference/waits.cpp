// The examples in the reference of waits and of applivery/testing.
// Compiled, but not run. tests/check_doc_code.cmake compares them with the headers.
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

void selectingABuild(const applivery::BuildsClient& client) {
    //! [build selector]
    const auto uploadedAt = std::chrono::system_clock::now();
    // The program uploads the build here.
    applivery::BuildSelector selector = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    selector.os = applivery::Os::android;
    const applivery::Result<applivery::WaitResult> result = client.waitUntilBuildProcessed(selector);
    //! [build selector]
}

void selectingTwoBuilds(const applivery::BuildsClient& client, std::chrono::system_clock::time_point uploadedAt) {
    //! [two builds]
    applivery::BuildSelector ios = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    ios.os = applivery::Os::ios;
    applivery::BuildSelector android = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    android.os = applivery::Os::android;
    const auto results = client.waitUntilBuildsProcessed({ios, android});
    //! [two builds]
}

int waitingForABuild(const applivery::BuildsClient& client, const std::string& buildId) {
    //! [wait for a build]
    const applivery::Result<applivery::WaitResult> result =
        client.waitUntilBuildProcessed(applivery::BuildSelector::byId(buildId));
    if (!result) {
        std::cerr << result.error() << '\n';
        return 1;
    }
    return result->outcome == applivery::WaitOutcome::processed ? 0 : 1;
    //! [wait for a build]
}

applivery::WaitOptions configuringAWait() {
    //! [wait options]
    applivery::WaitOptions options;
    options.timeout = std::chrono::minutes{30};
    options.onEvent = [](const applivery::WaitEvent& event) {
        if (event.build) std::cerr << *event.build << '\n';
    };
    //! [wait options]
    return options;
}

void readingAWaitResult(const applivery::BuildsClient& client, const std::string& buildId) {
    //! [wait result]
    const auto result = client.waitUntilBuildProcessed(applivery::BuildSelector::byId(buildId));
    if (!result) {
        std::cerr << result.error() << '\n';
    } else if (result->outcome == applivery::WaitOutcome::failed) {
        std::cerr << applivery::printable(result->build->error.value_or("no reason")) << '\n';
    } else {
        std::cout << toString(result->outcome) << '\n';
    }
    //! [wait result]
}

void pollingABuild(const applivery::BuildsClient& client, const std::string& buildId) {
    //! [build poller]
    applivery::BuildPoller poller(client, applivery::BuildSelector::byId(buildId));
    while (!poller.poll()) {
        // The program does its own work here, and calls poll() again after the delay.
        std::this_thread::sleep_for(poller.nextDelay());
    }
    if (poller.results()) std::cout << toString(poller.results()->front().outcome) << '\n';
    //! [build poller]
}

bool testingARetry() {
    //! [fake transport]
    using applivery::testing::FakeTransport;
    applivery::BuildPage empty;
    const auto service =
        std::make_shared<FakeTransport>(FakeTransport::answer(503, "<html>busy</html>"), FakeTransport::answer(empty));
    applivery::ClientOptions options;
    options.clock = std::make_shared<applivery::testing::VirtualClock>();
    const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
    const bool succeeds = client.listBuilds().has_value() && service->requests().size() == 2;
    //! [fake transport]
    return succeeds;
}

void respondingByFunction(const applivery::BuildPage& firstPage, const applivery::BuildPage& secondPage) {
    //! [fake transport function]
    using applivery::testing::FakeTransport;
    const auto service = std::make_shared<FakeTransport>([&](const applivery::HttpRequest& request) {
        const bool isFirstPage = request.url.find("page=2") == std::string::npos;
        return FakeTransport::answer(isFirstPage ? firstPage : secondPage);
    });
    //! [fake transport function]
}

void settingAClock() {
    //! [clock]
    applivery::ClientOptions options;
    options.clock = std::make_shared<applivery::testing::VirtualClock>();
    //! [clock]
}

void testingAWait(const std::shared_ptr<applivery::testing::FakeTransport>& service) {
    //! [virtual clock]
    const auto clock = std::make_shared<applivery::testing::VirtualClock>();
    applivery::ClientOptions options;
    options.clock = clock;
    const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
    const auto result = client.waitUntilBuildProcessed(applivery::BuildSelector::byId("an-id"));
    std::cout << "waited for " << clock->elapsed().count() << " ms\n";
    //! [virtual clock]
}
