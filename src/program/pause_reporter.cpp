#include "pause_reporter.hpp"

#include "http_headers.hpp"
#include "text/messages.hpp"
#include "text/time_text.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::seconds;

// Parses `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
std::optional<seconds> pauseOf(const HttpResponse& response) {
    const std::string* const text = findHeader(response.headers, "retry-after");
    if (text == nullptr) return std::nullopt;
    std::int64_t count = 0;
    const auto [stop, error] = std::from_chars(text->data(), text->data() + text->size(), count);
    if (error == std::errc{} && stop == text->data() + text->size()) return seconds{count};
    const std::time_t date = curl_getdate(text->c_str(), nullptr);
    if (date == -1) return std::nullopt;
    return seconds{date - std::time(nullptr)};
}

/// Prints the pauses of all responses of a transport. Thread-safe.
class PauseReporter {
public:
    void report(const HttpResponse& response) {
        constexpr seconds minReported{10};
        constexpr seconds maxReported = std::chrono::hours{24 * 365};  // avoids an overflow of the sum
        constexpr seconds sameTime{2};
        constexpr int firstFailure = 300;  // HTTP status
        if (response.status < firstFailure) return;
        const seconds pause = std::min(pauseOf(response).value_or(seconds{0}), maxReported);
        if (pause < minReported) return;
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto end = std::chrono::steady_clock::now() + pause;
        const bool isReported = end <= reportedEnd_ + sameTime;
        if (isReported) return;
        reportedEnd_ = end;
        printMessage(fmt::format("the service returned {} and asks for a pause of {} before the next request",
                                 response.status, durationText(pause)));
    }

private:
    std::mutex mutex_;
    std::chrono::steady_clock::time_point reportedEnd_;  // end of the last pause that was printed
};

class PauseReportingTransport final : public HttpTransport {
public:
    explicit PauseReportingTransport(std::shared_ptr<HttpTransport> transport) : transport_(std::move(transport)) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        transport_->send(std::move(request), std::move(token),
                         [reporter = reporter_, done = std::move(done)](Result<HttpResponse> outcome) {
                             if (outcome) reporter->report(*outcome);
                             done(std::move(outcome));
                         });
    }

private:
    const std::shared_ptr<PauseReporter> reporter_ = std::make_shared<PauseReporter>();
    const std::shared_ptr<HttpTransport> transport_;
};

}  // namespace

std::shared_ptr<HttpTransport> makePauseReporter(std::shared_ptr<HttpTransport> transport) {
    return std::make_shared<PauseReportingTransport>(std::move(transport));
}

}  // namespace applivery::program
