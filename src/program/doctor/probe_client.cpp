#include "doctor/probe_client.hpp"

#include "text/percent_encoding.hpp"

#include <applivery/testing/fake_transport.hpp>

#include <fmt/format.h>

#include <functional>
#include <mutex>

namespace applivery::program {
namespace {

std::string withoutQuery(const std::string& url) {
    return url.substr(0, url.find('?'));
}

std::string queryText(const QueryParameters& query) {
    std::string text;
    for (const auto& [name, value] : query) {
        text += (text.empty() ? '?' : '&') + name + '=' + percentEncoded(value);
    }
    return text;
}

}  // namespace

/// Replaces the query of each request, and keeps the responses.
class ProbeClient::Transport final : public HttpTransport {
public:
    Transport(std::shared_ptr<HttpTransport> inner, int maxRequests)
        : state_(std::make_shared<State>()), maxRequests_(maxRequests), inner_(std::move(inner)) {}

    void begin(const QueryParameters& query) {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        state_->query = queryText(query);
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
            request.url = withoutQuery(request.url) + state_->query;
        }
        inner_->send(std::move(request), std::move(token),
                     [state = state_, done = std::move(done)](Result<HttpResponse> response) {
                         state->keep(response);
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
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const {
        const std::lock_guard<std::mutex> lock(state_->mutex);
        return state_->headers;
    }

private:
    // Shared with the requests in flight.
    struct State {
        void keep(const Result<HttpResponse>& response) {
            const std::lock_guard<std::mutex> lock(mutex);
            if (!response) return last.reset();
            last = *response;
            headers.emplace_back(response->status, response->headers);
        }

        mutable std::mutex mutex;
        std::string query;
        int count = 0;
        std::optional<HttpResponse> last;
        std::vector<std::pair<int, HttpHeaders>> headers;
    };

    const std::shared_ptr<State> state_;
    const int maxRequests_;
    const std::shared_ptr<HttpTransport> inner_;
};

Result<HttpRequest> requestOf(const Credentials& credentials, ClientOptions options) {
    options.log = nullptr;
    HttpRequest sent;
    const auto transport = std::make_shared<FakeTransport>([&](const HttpRequest& request) -> FakeTransport::Answer {
        sent = request;
        sent.url = withoutQuery(request.url);
        return FakeTransport::answer(200, R"({"status":true,"data":{"items":[]}})");
    });
    return BuildsClient(credentials, std::move(options), transport).listBuilds().transform([&](const BuildPage&) {
        return sent;
    });
}

ProbeClient::ProbeClient(const Credentials& credentials, ClientOptions options,
                         std::shared_ptr<HttpTransport> transport, int maxRequests)
    : transport_(std::make_shared<Transport>(std::move(transport), maxRequests)),
      client_(credentials, std::move(options), transport_) {}

ProbeResult ProbeClient::list(const QueryParameters& query, const CancellationToken& token) {
    transport_->begin(query);
    Result<BuildPage> page = client_.listBuilds({}, {}, token);
    return {std::move(page), transport_->last()};
}

int ProbeClient::requestCount() const {
    return transport_->count();
}

std::vector<std::pair<int, HttpHeaders>> ProbeClient::headers() const {
    return transport_->headers();
}

}  // namespace applivery::program
