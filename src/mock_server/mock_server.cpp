#include "mock_server/mock_server.hpp"

#include "mock_server/http_listener.hpp"
#include "mock_server/request_log.hpp"
#include "mock_server/socket.hpp"
#include "mock_server/test_certificates.hpp"

#include <condition_variable>
#include <mutex>

namespace applivery::mock {
namespace {

/// Sleeps until a time has passed or end() is called.
class InterruptibleSleep {
public:
    void wait(std::chrono::milliseconds time) {
        std::unique_lock<std::mutex> lock(mutex_);
        if (time > time.zero()) changed_.wait_for(lock, time, [this] { return hasEnded_; });
    }

    void end() {
        const std::lock_guard<std::mutex> lock(mutex_);
        hasEnded_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool hasEnded_ = false;
};

/// Logs a request as in flight, even if a hook throws.
class InFlight {
public:
    InFlight(RequestLog& log, const RecordedRequest& request) : log_(log) { log_.begin(request); }
    ~InFlight() { log_.end(); }
    InFlight(const InFlight&) = delete;
    InFlight& operator=(const InFlight&) = delete;

private:
    RequestLog& log_;
};

}  // namespace

class MockServer::Impl {
public:
    explicit Impl(const MockServerOptions& options)
        : service(options.rules),
          delay_(options.delay),
          scheme_(options.tls ? "https" : "http"),
          certificates_(options.tls && !options.tlsFiles ? std::make_unique<TestCertificates>() : nullptr),
          listener_(listenerOptions(options), [this](const RecordedRequest& request) { return handle(request); }) {}

    ~Impl() {
        sleep_.end();
        listener_.stop();
    }

    [[nodiscard]] std::string baseUrl() const { return loopbackUrl(scheme_, port()) + service.rules().pathPrefix; }
    [[nodiscard]] int port() const noexcept { return listener_.port(); }
    [[nodiscard]] std::string caFile() const { return certificates_ ? certificates_->caFile() : std::string(); }

    void setDelay(std::chrono::milliseconds delay) {
        const std::lock_guard<std::mutex> lock(mutex_);
        delay_ = delay;
    }

    MockService service;
    Script script;
    RequestLog log;

private:
    [[nodiscard]] ListenerOptions listenerOptions(const MockServerOptions& options) const {
        ListenerOptions result;
        result.gzip = options.gzip;
        result.connections = options.connections;
        result.port = options.port;
        if (!options.tls) return result;
        result.certificateFile = options.tlsFiles ? options.tlsFiles->certificate : certificates_->serverCertFile();
        result.keyFile = options.tlsFiles ? options.tlsFiles->key : certificates_->serverKeyFile();
        return result;
    }

    [[nodiscard]] std::chrono::milliseconds delay() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return delay_;
    }

    ScriptedResponse handle(const RecordedRequest& request) {
        const InFlight inFlight(log, request);
        std::optional<ScriptedResponse> scripted = script.take(request);
        sleep_.wait(delay());
        if (!scripted) return service.response(request);
        sleep_.wait(scripted->delay);
        return *std::move(scripted);
    }

    mutable std::mutex mutex_;
    std::chrono::milliseconds delay_;
    InterruptibleSleep sleep_;
    std::string scheme_;
    std::unique_ptr<TestCertificates> certificates_;
    HttpListener listener_;  // declared last, because its threads use all other members
};

MockServer::MockServer(MockServerOptions options) : impl_(std::make_unique<Impl>(options)) {}

MockServer::~MockServer() = default;

std::string MockServer::baseUrl() const {
    return impl_->baseUrl();
}

int MockServer::port() const noexcept {
    return impl_->port();
}

std::string MockServer::caFile() const {
    return impl_->caFile();
}

Accounts& MockServer::accounts() noexcept {
    return impl_->service.accounts();
}

ServiceRules MockServer::rules() const {
    return impl_->service.rules();
}

void MockServer::setRules(ServiceRules rules) {
    impl_->service.setRules(std::move(rules));
}

void MockServer::setDelay(std::chrono::milliseconds delay) {
    impl_->setDelay(delay);
}

void MockServer::enqueue(ScriptedResponse response, int times) {
    enqueueIf([](const RecordedRequest&) { return true; }, std::move(response), times);
}

void MockServer::enqueueForPage(int page, ScriptedResponse response, int times) {
    const auto isForPage = [wanted = std::to_string(page)](const RecordedRequest& request) {
        return request.parameter("page").value_or("1") == wanted;
    };
    enqueueIf(isForPage, std::move(response), times);
}

void MockServer::enqueueIf(Matcher matches, ScriptedResponse response, int times) {
    impl_->script.add(std::move(matches), std::move(response), times);
}

void MockServer::setHook(Hook hook) {
    impl_->script.setHook(std::move(hook));
}

int MockServer::pendingResponses() const {
    return impl_->script.pending();
}

void MockServer::clearScript() {
    impl_->script.clear();
}

ScriptedResponse MockServer::serviceResponse(const RecordedRequest& request) const {
    return impl_->service.response(request);
}

std::vector<RecordedRequest> MockServer::requests() const {
    return impl_->log.all();
}

std::size_t MockServer::requestCount() const {
    return impl_->log.count();
}

void MockServer::clearRequests() {
    impl_->log.clear();
}

std::size_t MockServer::peakConcurrency() const {
    return impl_->log.peak();
}

bool MockServer::waitForRequests(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->log.waitFor(count, timeout);
}

}  // namespace applivery::mock
