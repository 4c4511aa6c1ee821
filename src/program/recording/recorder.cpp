#include "recording/recorder.hpp"

#include "http_headers.hpp"
#include "signals.hpp"
#include "text/text_format.hpp"

#include <applivery/error.hpp>
#include <applivery/text.hpp>
#include <applivery/version.hpp>

#include <fmt/format.h>

#include <exception>
#include <functional>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

std::string tokenOf(const HttpRequest& request) {
    const std::string* const authorization = findHeader(request.headers, "authorization");
    return authorization != nullptr ? authorization->substr(authorization->find(' ') + 1) : "";
}

std::string headersJson(const HttpHeaders& headers, const std::string& token) {
    std::string json;
    for (const auto& [name, value] : headers) {
        const auto recorded = ExchangeScrubber::header(name, redacted(value, token));
        if (recorded) json += fmt::format("{}{}:{}", json.empty() ? "" : ",", jsonQuoted(name), jsonQuoted(*recorded));
    }
    return json;
}

// Returns the members of a line that describe a response. `bodyName` is the name of the member that has the body.
std::string responseJson(const HttpResponse& response, const char* bodyName, const std::string& token,
                         ExchangeScrubber& scrubber) {
    return fmt::format(R"("status":{},"headers":{{{}}},"{}":{})", response.status, headersJson(response.headers, token),
                       bodyName, jsonQuoted(scrubber.body(redacted(response.body, token))));
}

std::size_t sizeOf(const Exchange& exchange) {
    if (exchange.outcome) return exchange.outcome->body.size();
    return exchange.partial ? exchange.partial->body.size() : 0;
}

class RecordingTransport final : public HttpTransport {
public:
    RecordingTransport(std::shared_ptr<HttpTransport> transport, std::shared_ptr<Recorder> recorder)
        : recorder_(std::move(recorder)), transport_(std::move(transport)) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        auto record = [recorder = recorder_, method = request.method, url = request.url, secret = tokenOf(request),
                       done = std::move(done)](Result<HttpResponse> outcome) {
            recorder->add({method, url, secret, outcome, recorder->takePartialResponse()});
            done(std::move(outcome));
        };
        transport_->send(std::move(request), std::move(token), std::move(record));
    }

private:
    const std::shared_ptr<Recorder> recorder_;
    const std::shared_ptr<HttpTransport> transport_;  // destroyed first: its pending callbacks use the recorder
};

}  // namespace

std::string recordingLine(const Exchange& exchange, ExchangeScrubber& scrubber) {
    const std::string& token = exchange.token;
    std::string line = fmt::format(R"({{"method":{},"target":{})", jsonQuoted(exchange.method),
                                   jsonQuoted(scrubber.target(redacted(exchange.url, token))));
    if (exchange.outcome) return line + ',' + responseJson(*exchange.outcome, "body", token, scrubber) + '}';
    const Error& error = exchange.outcome.error();
    line += fmt::format(R"(,"kind":"{}","message":{})", toString(error.kind()),
                        jsonQuoted(redacted(error.message(), token)));
    if (exchange.partial) line += ',' + responseJson(*exchange.partial, "received", token, scrubber);
    return line + '}';
}

Recorder::~Recorder() {
    stopThread();
}

std::optional<std::string> Recorder::open() {
    if (auto error = file_.open()) return error;
    try {
        const BlockedSignals blocked;
        thread_ = std::thread([this] { writeExchanges(); });
    } catch (const std::exception& exception) {
        return fmt::format("recording failed: {}", exception.what());
    }
    return std::nullopt;
}

void Recorder::add(Exchange exchange) {
    const std::size_t size = sizeOf(exchange);
    std::unique_lock<std::mutex> lock(mutex_);
    hasSpace_.wait(lock, [&] { return isOver_ || queuedBytes_ == 0 || queuedBytes_ + size <= maxQueuedBytes_; });
    if (isOver_) return;
    queuedBytes_ += size;
    exchanges_.push_back(std::move(exchange));
    changed_.notify_one();
}

void Recorder::storePartialResponse(HttpResponse response) {
    const std::lock_guard<std::mutex> lock(mutex_);
    partialResponses_[std::this_thread::get_id()] = std::move(response);
}

std::optional<HttpResponse> Recorder::takePartialResponse() {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto node = partialResponses_.extract(std::this_thread::get_id());
    return node ? std::optional(std::move(node.mapped())) : std::nullopt;
}

std::optional<std::string> Recorder::finish() {
    stopThread();
    if (error_ || !hasExchange_) return error_;
    return file_.commit();
}

// Waits until all exchanges are written.
void Recorder::stopThread() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isOver_ = true;
        changed_.notify_one();
        hasSpace_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

void Recorder::writeExchanges() {
    write(fmt::format(R"({{"schema":"applivery.recording/1","version":"{}"}})", version()));
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return isOver_ || !exchanges_.empty(); });
        if (exchanges_.empty()) return;
        const Exchange exchange = std::move(exchanges_.front());
        exchanges_.pop_front();
        lock.unlock();
        try {
            write(recordingLine(exchange, scrubber_));
            hasExchange_ = true;
        } catch (const std::exception& exception) {
            error_ = fmt::format("recording of an exchange failed: {}", exception.what());
        }
        lock.lock();
        queuedBytes_ -= sizeOf(exchange);
        hasSpace_.notify_all();
    }
}

// Writes nothing after an error: otherwise, the next line would continue a line that was written in part.
void Recorder::write(const std::string& line) {
    if (!error_) error_ = file_.write(line + '\n');
}

std::shared_ptr<HttpTransport> makeRecordingTransport(std::shared_ptr<HttpTransport> transport,
                                                      std::shared_ptr<Recorder> recorder) {
    return std::make_shared<RecordingTransport>(std::move(transport), std::move(recorder));
}

}  // namespace applivery::program
