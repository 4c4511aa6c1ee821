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

/// Sends with a query of its own, and keeps what came.
class ProbeClient::Transport final : public HttpTransport {
public:
    Transport(std::shared_ptr<HttpTransport> inner, int most)
        : notes_(std::make_shared<Notes>()), most_(most), inner_(std::move(inner)) {}

    void begin(const QueryParameters& query) {
        const std::lock_guard<std::mutex> lock(notes_->mutex);
        notes_->query = queryText(query);
        notes_->last.reset();
    }

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        {
            const std::lock_guard<std::mutex> lock(notes_->mutex);
            if (notes_->count == most_) {
                return done(Error(ErrorKind::invalidArgument, fmt::format("all of {} requests are sent.", most_)));
            }
            ++notes_->count;
            request.url = withoutQuery(request.url) + notes_->query;
        }
        inner_->send(std::move(request), std::move(token),
                     [notes = notes_, done = std::move(done)](Result<HttpResponse> answer) {
                         notes->keep(answer);
                         done(std::move(answer));
                     });
    }

    [[nodiscard]] std::optional<HttpResponse> last() const {
        const std::lock_guard<std::mutex> lock(notes_->mutex);
        return notes_->last;
    }
    [[nodiscard]] int count() const {
        const std::lock_guard<std::mutex> lock(notes_->mutex);
        return notes_->count;
    }
    [[nodiscard]] std::vector<std::pair<int, HttpHeaders>> headers() const {
        const std::lock_guard<std::mutex> lock(notes_->mutex);
        return notes_->headers;
    }

private:
    struct Notes {  // shared with the requests in flight
        void keep(const Result<HttpResponse>& answer) {
            const std::lock_guard<std::mutex> lock(mutex);
            if (!answer) return last.reset();
            last = *answer;
            headers.emplace_back(answer->status, answer->headers);
        }

        mutable std::mutex mutex;
        std::string query;
        int count = 0;
        std::optional<HttpResponse> last;
        std::vector<std::pair<int, HttpHeaders>> headers;
    };

    const std::shared_ptr<Notes> notes_;
    const int most_;
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
                         std::shared_ptr<HttpTransport> transport, int most)
    : transport_(std::make_shared<Transport>(std::move(transport), most)),
      client_(credentials, std::move(options), transport_) {}

ProbeResult ProbeClient::ask(const QueryParameters& query, const CancellationToken& token) {
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
