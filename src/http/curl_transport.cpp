/// @file
/// HttpTransport on libcurl: owns the event loop and its thread.
#include "http/event_loop.hpp"

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>

#include <curl/curl.h>

#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace applivery {

HttpTransport::~HttpTransport() = default;

namespace {

// Once in the process, and never undone: the host program may use libcurl too.
void initializeCurl() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    (void)once;
}

class CurlTransport final : public HttpTransport {
public:
    explicit CurlTransport(const ClientOptions& options) : options_(options) {}
    CurlTransport(const CurlTransport&) = delete;
    CurlTransport& operator=(const CurlTransport&) = delete;

    ~CurlTransport() override {
        if (!loop_) return;
        loop_->stop();
        if (thread_.get_id() == std::this_thread::get_id()) {
            thread_.detach();  // destroyed by a completion: the loop ends when that returns
        } else {
            thread_.join();
        }
    }

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        auto exchange = std::make_unique<detail::Exchange>(std::move(request), std::move(token), std::move(done));
        const std::shared_ptr<detail::EventLoop> loop = startedLoop();
        if (loop) {
            loop->submit(std::move(exchange));
        } else {
            exchange->complete(
                Error(ErrorKind::connection, "the system has no thread or memory left for the transport."));
        }
    }

private:
    // Null where the system has no thread or memory for it.
    std::shared_ptr<detail::EventLoop> startedLoop() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (loop_) return loop_;
        initializeCurl();
        detail::MultiHandle multi(curl_multi_init());
        if (!multi) return nullptr;
        auto loop = std::make_shared<detail::EventLoop>(options_, std::move(multi));
        try {
            thread_ = std::thread([loop] { loop->run(); });
        } catch (const std::system_error&) {
            return nullptr;
        }
        loop_ = std::move(loop);
        return loop_;
    }

    const detail::ExchangeOptions options_;
    std::mutex mutex_;
    std::shared_ptr<detail::EventLoop> loop_;
    std::thread thread_;
};

}  // namespace

std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options) {
    return std::make_shared<CurlTransport>(options);
}

}  // namespace applivery
