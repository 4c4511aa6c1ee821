// Short examples of the guide, each between two marks with its name. They are compiled, but not run.
#include <applivery/applivery.hpp>
#include <applivery/testing/fake_transport.hpp>
#include <applivery/testing/virtual_clock.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

// ---- The examples of the reference. tests/check_doc_code.cmake compares them with the comments of the headers. ----

int usingAClient(const std::string& token) {
    //! [client]
    const applivery::BuildsClient client{applivery::AppToken{token}};

    applivery::BuildFilter filter;
    filter.status = applivery::BuildStatus::processed;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds(filter);
    if (!page) {
        std::cerr << page.error() << '\n';
        return 1;
    }
    for (const applivery::Build& build : page->items) std::cout << build << '\n';
    //! [client]
    return 0;
}

void namingAnApp(const std::string& token) {
    //! [app token]
    const applivery::BuildsClient byAppToken{applivery::AppToken{token}};
    //! [app token]
    //! [service account]
    const applivery::BuildsClient byServiceAccount{applivery::ServiceAccount{token, "acme", "meridian"}};
    //! [service account]
}

int readingCredentials() {
    //! [credentials from environment]
    const applivery::Result<applivery::Credentials> credentials = applivery::credentialsFromEnvironment();
    if (!credentials) {
        std::cerr << credentials.error() << '\n';
        return 2;
    }
    const applivery::BuildsClient client{*credentials, applivery::ClientOptions::fromEnvironment()};
    //! [credentials from environment]
    return 0;
}

void readingAWorkspace(const std::string& token) {
    //! [workspace]
    const applivery::Workspace workspace{applivery::ServiceAccountToken{token}, "acme"};
    const applivery::Result<applivery::BuildPage> page = workspace.app("meridian").listBuilds();
    //! [workspace]
    //! [workspace builds]
    for (const applivery::AppBuild& element : workspace.builds({"meridian", "atlas"})) {
        if (!element.build) {
            std::cerr << element.applicationId << ": " << element.build.error() << '\n';
        } else {
            std::cout << element.applicationId << ": " << *element.build << '\n';
        }
    }
    //! [workspace builds]
}

void readingAFilteredPage(const applivery::BuildsClient& client) {
    //! [build filter]
    applivery::BuildFilter failedOnIos;
    failedOnIos.status = applivery::BuildStatus::error;
    failedOnIos.os = applivery::Os::ios;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds(failedOnIos);
    //! [build filter]
}

void readingTheNewestBuild(const applivery::BuildsClient& client) {
    //! [page]
    applivery::Page newest;
    newest.limit = 1;
    const applivery::Result<applivery::BuildPage> page = client.listBuilds({}, newest);
    //! [page]
}

void readingTotals(const applivery::BuildsClient& client) {
    //! [build page]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (page && page->totalItems) std::cout << page->items.size() << " of " << *page->totalItems << " builds\n";
    //! [build page]
}

void readingABuild(const applivery::Build& build) {
    //! [build]
    if (build.status == applivery::BuildStatus::error) {
        std::cout << build.id << ": " << applivery::printable(build.error.value_or("no reason")) << '\n';
    }
    if (build.info.android) std::cout << applivery::printable(build.info.android->packageName.value_or("-")) << '\n';
    //! [build]
    //! [open enum]
    if (build.status == applivery::BuildStatus::processed) std::cout << "ready to install\n";
    if (build.status == applivery::BuildStatus::unknown) std::cout << "new status: " << build.status << '\n';
    //! [open enum]
    //! [printable]
    std::cout << applivery::printable(build.changelog.value_or("no changelog")) << '\n';
    //! [printable]
}

std::optional<applivery::Os> readingAnEnum() {
    //! [enum from text]
    const std::optional<applivery::Os> os = applivery::enumFromText<applivery::Os>("ios");
    //! [enum from text]
    return os;
}

void changingABuild(applivery::Build& build) {
    //! [boxed optional]
    build.deployer = applivery::Deployer{};
    build.deployer->name = "fastlane";
    build.uploadedBy = std::nullopt;
    if (build.info.ios && build.info.ios->plist) {
        std::cout << applivery::printable(build.info.ios->plist->bundleName.value_or("-")) << '\n';
    }
    //! [boxed optional]
}

void storingAResponse(std::ostream& file, const applivery::HttpResponse& response, const std::string& token) {
    //! [redacted]
    file << applivery::redacted(response.body, token) << '\n';
    //! [redacted]
}

void convertingToJson(const applivery::Build& build, const std::string& storedBody) {
    //! [json of a build]
    const std::string json = applivery::toJson(build);
    const applivery::Result<applivery::Build> copy = applivery::buildFromJson(json);
    //! [json of a build]
    //! [json of a page]
    const applivery::Result<applivery::BuildPage> page = applivery::pageFromJson(storedBody);
    //! [json of a page]
    //! [field paths]
    for (const std::string& path : applivery::buildFieldPaths()) {
        std::cout << path << ": " << applivery::printable(*applivery::buildFieldText(build, path)) << '\n';
    }
    //! [field paths]
}

int checkingAResult(const applivery::BuildsClient& client) {
    //! [result]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        std::cerr << page.error() << '\n';
        return 1;
    }
    for (const applivery::Build& build : page->items) std::cout << build << '\n';
    //! [result]
    return 0;
}

void transformingAResult(const applivery::BuildsClient& client) {
    //! [result transform]
    const applivery::Result<std::size_t> count =
        client.listBuilds().transform([](const applivery::BuildPage& page) { return page.items.size(); });
    //! [result transform]
    //! [result and_then]
    const auto newest = [](const applivery::BuildPage& page) -> applivery::Result<applivery::Build> {
        if (!page.items.empty()) return page.items.front();
        return applivery::Error(applivery::ErrorKind::notFound, "listing builds failed: the app has no builds.");
    };
    const applivery::Result<applivery::Build> build = client.listBuilds().and_then(newest);
    //! [result and_then]
}

void readingAnError(const applivery::BuildsClient& client) {
    //! [error]
    const applivery::Result<applivery::BuildPage> page = client.listBuilds();
    if (!page) {
        const applivery::Error& error = page.error();
        std::cerr << error << '\n';  // such as "rateLimited: …"
        if (error.isRetryable()) std::cerr << "gave up after " << error.attempts() << " attempts\n";
    }
    //! [error]
    //! [exception]
    try {
        for (const applivery::Build& build : client.listBuilds().value().items) std::cout << build << '\n';
    } catch (const applivery::AuthenticationError&) {
        std::cerr << "check the token\n";
    } catch (const applivery::Exception& exception) {
        std::cerr << exception.error() << '\n';
    }
    //! [exception]
}

void configuringAClient(const std::string& token) {
    //! [client options]
    applivery::ClientOptions options = applivery::ClientOptions::fromEnvironment();
    options.maxRequestsPerSecond = 5;
    options.log = [](applivery::LogLevel, std::string_view line) { std::clog << line << '\n'; };
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    //! [client options]
}

void configuringRetries(const std::string& token) {
    //! [retry policy]
    applivery::ClientOptions options;
    options.retry.maxAttempts = 6;
    options.retry.maxElapsed = std::chrono::minutes{5};
    const applivery::BuildsClient client{applivery::AppToken{token}, options};
    //! [retry policy]
    //! [custom retry policy]
    options.retry.custom = [](const applivery::Error& error,
                              std::chrono::milliseconds) -> std::optional<std::chrono::milliseconds> {
        if (!error.isRetryable() || error.attempts() >= 10) return std::nullopt;
        return std::chrono::seconds{3};
    };
    //! [custom retry policy]
}

// The program's own event loop. Any thread may call post().
class Loop {
public:
    virtual ~Loop() = default;
    virtual void post(std::function<void()> task) = 0;
};

void settingAnExecutor(applivery::ClientOptions& options, Loop& loop) {
    //! [executor]
    options.executor = [&loop](std::function<void()> task) { loop.post(std::move(task)); };
    //! [executor]
}

void sharingATransport(const std::string& iosToken, const std::string& androidToken) {
    //! [shared transport]
    const std::shared_ptr<applivery::HttpTransport> shared = applivery::makeCurlTransport({});
    const applivery::BuildsClient ios{applivery::AppToken{iosToken}, {}, shared};
    const applivery::BuildsClient android{applivery::AppToken{androidToken}, {}, shared};
    //! [shared transport]
}

//! [http transport]
class CountingTransport final : public applivery::HttpTransport {
public:
    explicit CountingTransport(std::shared_ptr<applivery::HttpTransport> next) : next_(std::move(next)) {}

    void send(applivery::HttpRequest request, applivery::CancellationToken token,
              std::function<void(applivery::Result<applivery::HttpResponse>)> done) override {
        ++count_;
        next_->send(std::move(request), std::move(token), std::move(done));
    }

    [[nodiscard]] int count() const noexcept { return count_; }

private:
    std::shared_ptr<applivery::HttpTransport> next_;
    std::atomic<int> count_{0};
};
//! [http transport]

void cancellingACall(const applivery::BuildsClient& client) {
    //! [cancellation source]
    applivery::CancellationSource source;
    std::future<applivery::Result<applivery::BuildPage>> page = client.listBuildsAsync({}, {}, source.token());
    source.cancel();
    if (!page.get()) std::cout << "cancelled\n";
    //! [cancellation source]
}

void observingACancellation(const applivery::CancellationToken& token, std::promise<void>& cancelled) {
    //! [cancellation callback]
    const applivery::CancellationCallback onCancel(token, [&cancelled] { cancelled.set_value(); });
    //! [cancellation callback]
}

void checkingAToken(const applivery::CancellationToken& token, void (*processNextFile)()) {
    //! [cancellation token]
    while (!token.isCancelled()) processNextFile();
    //! [cancellation token]
}

void callingWithoutBlocking(const applivery::BuildsClient& client, const applivery::BuildsClient& otherClient) {
    //! [futures]
    std::future<applivery::Result<applivery::BuildPage>> first = client.listBuildsAsync();
    std::future<applivery::Result<applivery::BuildPage>> second = otherClient.listBuildsAsync();
    if (first.get() && second.get()) std::cout << "both listed\n";
    //! [futures]
    //! [callback]
    client.listBuildsAsync({}, {}, {}, [](const applivery::Result<applivery::BuildPage>& page) {
        if (!page) {
            std::cerr << page.error() << '\n';
        } else {
            std::cout << page->items.size() << " builds\n";
        }
    });
    //! [callback]
    //! [for each page]
    client.forEachPage(
        {}, {},
        [](const applivery::BuildPage& page) {
            std::cout << page.items.size() << " builds\n";
            return true;
        },
        [](const applivery::Result<applivery::WalkSummary>& summary) {
            if (!summary) std::cerr << summary.error() << '\n';
        });
    //! [for each page]
}

int iteratingOverBuilds(const applivery::BuildsClient& client) {
    //! [builds]
    for (const applivery::Result<applivery::Build>& build : client.builds()) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return 1;
        }
        std::cout << *build << '\n';
    }
    //! [builds]
    return 0;
}

void iteratingOverRecentBuilds(const applivery::BuildsClient& client) {
    //! [walk options]
    applivery::WalkOptions options;
    options.createdSince = std::chrono::system_clock::now() - std::chrono::hours{24};
    for (const applivery::Result<applivery::Build>& build : client.builds({}, options)) {
        if (!build) {
            std::cerr << build.error() << '\n';
            return;
        }
        std::cout << *build << '\n';
    }
    //! [walk options]
}

void iteratingOverPages(const applivery::BuildsClient& client) {
    //! [page range]
    const applivery::PageRange pages = client.pages();
    for (const applivery::Result<applivery::BuildPage>& page : pages) {
        if (!page) {
            std::cerr << page.error() << '\n';
            return;
        }
        std::cout << page->items.size() << " builds\n";
    }
    if (pages.summary().totalsChanged) std::cout << "builds were added or deleted meanwhile\n";
    //! [page range]
}

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
    applivery::BuildPage empty;
    const auto service = std::make_shared<applivery::FakeTransport>(
        applivery::FakeTransport::answer(503, "<html>busy</html>"), applivery::FakeTransport::answer(empty));
    applivery::ClientOptions options;
    options.clock = std::make_shared<applivery::VirtualClock>();
    const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
    const bool succeeds = client.listBuilds().has_value() && service->requests().size() == 2;
    //! [fake transport]
    return succeeds;
}

void respondingByFunction(const applivery::BuildPage& firstPage, const applivery::BuildPage& secondPage) {
    //! [fake transport function]
    const auto service = std::make_shared<applivery::FakeTransport>([&](const applivery::HttpRequest& request) {
        const bool isFirstPage = request.url.find("page=2") == std::string::npos;
        return applivery::FakeTransport::answer(isFirstPage ? firstPage : secondPage);
    });
    //! [fake transport function]
}

void settingAClock() {
    //! [clock]
    applivery::ClientOptions options;
    options.clock = std::make_shared<applivery::VirtualClock>();
    //! [clock]
}

void testingAWait(const std::shared_ptr<applivery::FakeTransport>& service) {
    //! [virtual clock]
    const auto clock = std::make_shared<applivery::VirtualClock>();
    applivery::ClientOptions options;
    options.clock = clock;
    const applivery::BuildsClient client{applivery::AppToken{"any-token"}, options, service};
    const auto result = client.waitUntilBuildProcessed(applivery::BuildSelector::byId("an-id"));
    std::cout << "waited for " << clock->elapsed().count() << " ms\n";
    //! [virtual clock]
}
