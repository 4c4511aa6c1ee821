#include "doctor/probe_client.hpp"

#include "text/percent_encoding.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <mutex>

namespace applivery::program {
namespace {

std::string withoutQuery(const std::string& url) {
    return url.substr(0, url.find('?'));
}

// Returns the URL from its path on, as the library's log shows it.
std::string pathOf(const std::string& url) {
    const std::size_t host = url.find("://");
    const std::size_t path = url.find('/', host == std::string::npos ? 0 : host + 3);
    return path == std::string::npos ? "/" : url.substr(path);
}

ClientOptions withoutLog(ClientOptions options) {
    options.log = nullptr;
    return options;
}

// Returns options with the policy Retry::rateLimit.
ClientOptions forAnyResponse(ClientOptions options) {
    constexpr int tooManyRequests = 429;
    options.retry.custom = [policy = options.retry](
                               const Error& error,
                               std::chrono::milliseconds elapsed) -> std::optional<std::chrono::milliseconds> {
        const bool isResult = error.httpStatus() && *error.httpStatus() != tooManyRequests;
        const std::chrono::milliseconds delay = error.retryAfter().value_or(std::chrono::seconds{1});
        const bool isLast = error.attempts() >= policy.maxAttempts || elapsed + delay > policy.maxElapsed;
        if (isResult || !error.isRetryable() || isLast) return std::nullopt;
        return delay;
    };
    return withoutLog(std::move(options));
}

}  // namespace

std::string targetOf(const ProbeRequest& request) {
    std::string query;
    for (const auto& [name, value] : request.query) {
        query += (query.empty() ? '?' : '&') + name + '=' + percentEncoded(value);
    }
    return request.pathSuffix + query;
}

/// Replaces the query of each request, logs the request, and keeps the responses.
class ProbeClient::Transport final : public HttpTransport {
public:
    Transport(std::shared_ptr<HttpTransport> inner, Logger log, int maxRequests)
        : state_(std::make_shared<State>()),
          maxRequests_(maxRequests),
          log_(std::move(log)),
          inner_(std::move(inner)) {}

    // Prepares a call, whose requests and retries get the query of `request`.
    void begin(const ProbeRequest& request) {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        state_->target = targetOf(request);
        state_->last.reset();
    }

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        {
            const std::lock_guard<std::mutex> lock(state_->mutex);
            if (state_->count == maxRequests_) {
                return done(Error(ErrorKind::invalidArgument,
                                  fmt::format("the limit of {} requests is reached.", maxRequests_)));
            }
            ++state_->count;
            request.url = withoutQuery(request.url) + state_->target;
        }
        const std::string sent = request.method + ' ' + pathOf(request.url);
        inner_->send(std::move(request), std::move(token),
                     [state = state_, log = log_, sent, done = std::move(done)](Result<HttpResponse> response) {
                         state->keep(response);
                         if (log) log(LogLevel::debug, sent + ' ' + summaryOfResponse(response));
                         done(std::move(response));
                     });
    }

    [[nodiscard]] std::optional<HttpResponse> last() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->last;
    }
    [[nodiscard]] int count() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->count;
    }
    [[nodiscard]] bool isExhausted() const { return count() == maxRequests_; }
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->headers;
    }

private:
    static std::string summaryOfResponse(const Result<HttpResponse>& response) {
        if (!response) return std::string(toString(response.error().kind()));
        return fmt::format("{}, {} bytes", response->status, response->body.size());
    }

    // Shared with the requests in flight.
    struct State {
        void keep(const Result<HttpResponse>& response) {
            const std::lock_guard<std::mutex> lock(mutex);
            if (!response) return last.reset();
            last = *response;
            headers.emplace_back(response->status, response->headers);
        }

        mutable std::mutex mutex;
        std::string target;
        int count = 0;
        std::optional<HttpResponse> last;
        std::vector<std::pair<int, HttpHeaders>> headers;
    };

    const std::shared_ptr<State> state_;
    const int maxRequests_;
    const Logger log_;
    const std::shared_ptr<HttpTransport> inner_;
};

Result<HttpRequest> requestOf(const Credentials& credentials, ClientOptions options) {
    HttpRequest sent;
    const auto transport = std::make_shared<FakeTransport>([&](const HttpRequest& request) -> FakeTransport::Answer {
        sent = request;
        sent.url = withoutQuery(request.url);
        return FakeTransport::answer(200, R"({"status":true,"data":{"items":[]}})");
    });
    return BuildsClient(credentials, withoutLog(std::move(options)), transport)
        .listBuilds()
        .transform([&](const BuildPage&) { return sent; });
}

ProbeClient::ProbeClient(const Credentials& credentials, ClientOptions options,
                         std::shared_ptr<HttpTransport> transport, int maxRequests)
    : transport_(std::make_shared<Transport>(std::move(transport), options.log, maxRequests)),
      client_(credentials, withoutLog(options), transport_),
      clientForAnyResponse_(credentials, forAnyResponse(std::move(options)), transport_) {}

ProbeResult ProbeClient::send(const ProbeRequest& request, Retry retry, const CancellationToken& token) {
    transport_->begin(request);
    const BuildsClient& client = retry == Retry::failures ? client_ : clientForAnyResponse_;
    Result<BuildPage> page = client.listBuilds({}, {}, token);
    return {std::move(page), transport_->last()};
}

int ProbeClient::requestCount() const {
    return transport_->count();
}

bool ProbeClient::isExhausted() const {
    return transport_->isExhausted();
}

std::vector<std::pair<int, HttpHeaders>> ProbeClient::headers() const {
    return transport_->headers();
}

}  // namespace applivery::program
