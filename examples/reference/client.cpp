// These functions are the examples in the reference of clients, their options and cancellation.
// The build compiles them, and nothing runs them. tests/check_doc_code.cmake compares them with the headers.
#include <applivery/applivery.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

void selectingAnApp(const std::string& token) {
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

void checkingForCancellation(const applivery::CancellationToken& token, void (*processNextFile)()) {
    //! [cancellation token]
    while (!token.isCancelled()) processNextFile();
    //! [cancellation token]
}
