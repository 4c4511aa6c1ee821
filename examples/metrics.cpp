// Iterates over all builds of an app, and prints metrics of the requests in the text format of OpenMetrics.
#include <applivery/applivery.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <utility>

namespace {

using Seconds = std::chrono::duration<double>;

// Returns a number as OpenMetrics requires for `le`: `1.0`, not `1`.
std::string canonical(double number) {
    std::ostringstream text;
    text << number << (number == std::floor(number) ? ".0" : "");
    return text.str();
}

// Thread-safe counters.
class Metrics {
public:
    void count(const applivery::Result<applivery::HttpResponse>& response, Seconds duration) {
        const std::string status =
            response ? std::to_string(response->status / 100) + "xx" : std::string(toString(response.error().kind()));
        const std::lock_guard<std::mutex> lock(mutex_);
        ++requests_[status];
        bytes_ += response ? response->body.size() : 0;
        total_ += duration;
        std::size_t bucket = 0;
        while (bucket < bounds.size() && duration.count() > bounds[bucket]) ++bucket;
        ++buckets_[bucket];
    }

    void print(std::ostream& out) const {
        const std::lock_guard<std::mutex> lock(mutex_);
        out << "# TYPE applivery_requests counter\n"
               "# HELP applivery_requests Requests sent, with retries, by class of the HTTP status or kind of the "
               "error.\n";
        for (const auto& [status, count] : requests_) {
            out << "applivery_requests_total{status=\"" << status << "\"} " << count << '\n';
        }
        out << "# TYPE applivery_body_bytes counter\n# UNIT applivery_body_bytes bytes\n"
               "# HELP applivery_body_bytes Size of the decompressed bodies of responses.\n";
        out << "applivery_body_bytes_total " << bytes_ << '\n';
        out << "# TYPE applivery_request_seconds histogram\n# UNIT applivery_request_seconds seconds\n"
               "# HELP applivery_request_seconds Duration of requests, without the time in the queue for a "
               "connection.\n";
        std::uint64_t count = 0;
        for (std::size_t i = 0; i < bounds.size(); ++i) {
            out << "applivery_request_seconds_bucket{le=\"" << canonical(bounds[i]) << "\"} " << (count += buckets_[i])
                << '\n';
        }
        count += buckets_.back();
        out << "applivery_request_seconds_bucket{le=\"+Inf\"} " << count << '\n';
        out << "applivery_request_seconds_sum " << total_.count() << '\n';
        out << "applivery_request_seconds_count " << count << "\n# EOF\n";
    }

private:
    static constexpr std::array<double, 8> bounds{0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    mutable std::mutex mutex_;
    std::map<std::string, std::uint64_t> requests_;
    std::uint64_t bytes_ = 0;  // of decompressed bodies
    Seconds total_{0};
    std::array<std::uint64_t, bounds.size() + 1> buckets_{};
};

// Sends requests with another transport, and counts each attempt. A client also sends its retries here.
class MeteredTransport final : public applivery::HttpTransport {
public:
    MeteredTransport(std::shared_ptr<applivery::HttpTransport> inner, std::shared_ptr<Metrics> metrics)
        : inner_(std::move(inner)), metrics_(std::move(metrics)) {}

    void send(applivery::HttpRequest request, applivery::CancellationToken token,
              std::function<void(applivery::Result<applivery::HttpResponse>)> done) override {
        using Clock = std::chrono::steady_clock;
        const auto startedAt = std::make_shared<Clock::time_point>(Clock::now());
        // The duration does not include the time in the queue for a connection.
        request.onStart = [startedAt, onStart = std::move(request.onStart)] {
            *startedAt = Clock::now();
            if (onStart) onStart();
        };
        auto count = [metrics = metrics_, startedAt,
                      done = std::move(done)](applivery::Result<applivery::HttpResponse> response) {
            metrics->count(response, Clock::now() - *startedAt);
            done(std::move(response));
        };
        inner_->send(std::move(request), std::move(token), std::move(count));
    }

private:
    std::shared_ptr<applivery::HttpTransport> inner_;
    std::shared_ptr<Metrics> metrics_;
};

}  // namespace

int main() {
    const char* token = std::getenv("APPLIVERY_APP_TOKEN");
    const auto options = applivery::ClientOptions::fromEnvironment();
    const auto metrics = std::make_shared<Metrics>();
    const applivery::BuildsClient client{
        applivery::AppToken{token != nullptr ? token : ""}, options,
        std::make_shared<MeteredTransport>(applivery::makeCurlTransport(options), metrics)};
    bool isComplete = true;
    for (const applivery::Result<applivery::Build>& build : client.builds()) {
        if (!build) std::cerr << build.error() << '\n';
        isComplete = build.has_value();
    }
    metrics->print(std::cout);
    return isComplete ? 0 : 1;
}
