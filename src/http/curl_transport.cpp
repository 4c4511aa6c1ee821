/// @file
/// HttpTransport on libcurl: owns the event loop and its thread.
#include "core/worker_thread.hpp"
#include "http/curl_library.hpp"
#include "http/descriptors.hpp"
#include "http/event_loop.hpp"

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>

#include <curl/curl.h>

#include <mutex>
#include <utility>

namespace applivery {
namespace {

class CurlTransport final : public HttpTransport {
public:
    explicit CurlTransport(const ClientOptions& options) : options_(options), initialized_(detail::initializeCurl()) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        if (Result<std::shared_ptr<detail::EventLoop>> loop = startedLoop()) {
            (*loop)->submit(std::move(request), std::move(token), std::move(done));
        } else {
            done(std::move(loop.error()));
        }
    }

private:
    Result<std::shared_ptr<detail::EventLoop>> startedLoop() {
        if (auto refusal = thread_.refusalInChild()) return *std::move(refusal);
        const std::lock_guard<std::mutex> lock(mutex_);
        if (loop_) return loop_;
        if (initialized_ != CURLE_OK) return Error(ErrorKind::connection, "libcurl cannot be initialized.");
        detail::MultiHandle multi = detail::makeMultiHandle();
        if (!multi) {
            return Error(ErrorKind::connection,
                         "the system refused the transport a descriptor or memory. Raise its limits, or use fewer.");
        }
        auto loop = std::make_shared<detail::EventLoop>(options_, std::move(multi));
        if (auto refusal = thread_.start(loop)) return *std::move(refusal);
        loop_ = std::move(loop);
        return loop_;
    }

    const detail::ExchangeOptions options_;
    const CURLcode initialized_;
    std::mutex mutex_;
    std::shared_ptr<detail::EventLoop> loop_;  // guarded by mutex_
    detail::WorkerThread thread_;              // its destructor ends the loop
};

}  // namespace

std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options) {
    return std::make_shared<CurlTransport>(options);
}

}  // namespace applivery
