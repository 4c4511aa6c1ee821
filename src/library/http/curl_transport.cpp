/// @file
/// Implements HttpTransport with libcurl. Owns the event loop and its thread.
#include "core/log.hpp"
#include "core/transport_options.hpp"
#include "core/worker_thread.hpp"
#include "http/curl_library.hpp"
#include "http/event_loop.hpp"
#include "http/multi_handle.hpp"

#include <applivery/client_options.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/partial_response.hpp>

#include <curl/curl.h>

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace applivery {
namespace {

class CurlTransport final : public HttpTransport {
public:
    CurlTransport(const ClientOptions& options, PartialResponseHandler onPartialResponse)
        : options_(exchangeOptions(options, std::move(onPartialResponse))),
          log_(options.log),
          optionsError_(detail::validateTransportOptions(options)),
          initialized_(detail::initializeCurl()) {}

    void send(HttpRequest request, CancellationToken token, std::function<void(Result<HttpResponse>)> done) override {
        if (optionsError_) return done(*optionsError_);
        if (auto error = detail::errorIfUnsupported(curlVersion_, request.url)) return done(*std::move(error));
        Result<std::shared_ptr<detail::EventLoop>> loop = startedLoop();
        if (!loop) return done(std::move(loop.error()));
        if (!hasLoggedMissingFeatures_.exchange(true)) logMissingFeatures();
        (*loop)->submit(std::move(request), std::move(token), std::move(done));
    }

private:
    static detail::ExchangeOptions exchangeOptions(const ClientOptions& options, PartialResponseHandler handler) {
        detail::ExchangeOptions result(options);
        result.onPartialResponse = std::move(handler);
        return result;
    }

    Result<std::shared_ptr<detail::EventLoop>> startedLoop() {
        if (auto refusal = thread_.errorIfForkedChild()) return *std::move(refusal);
        const std::lock_guard<std::mutex> lock(mutex_);
        if (loop_) return loop_;
        if (initialized_ != CURLE_OK) return Error(ErrorKind::connection, "libcurl cannot be initialized.");
        detail::MultiHandle multi = detail::makeMultiHandle();
        if (!multi) {
            return Error(ErrorKind::connection,
                         "the system refused a descriptor or memory. Raise the limits of the process.");
        }
        auto loop = std::make_shared<detail::EventLoop>(options_, std::move(multi));
        if (auto refusal = thread_.start(loop)) return *std::move(refusal);
        loop_ = std::move(loop);
        return loop_;
    }

    void logMissingFeatures() const {
        for (const std::string& sentence : detail::missingFeatures(curlVersion_)) {
            detail::logLine(log_, LogLevel::warning, sentence);
        }
    }

    const detail::ExchangeOptions options_;
    const Logger log_;
    const std::optional<Error> optionsError_;
    const CURLcode initialized_;
    const curl_version_info_data& curlVersion_ = *curl_version_info(CURLVERSION_NOW);
    std::atomic<bool> hasLoggedMissingFeatures_{false};
    std::mutex mutex_;
    std::shared_ptr<detail::EventLoop> loop_;  // guarded by mutex_
    detail::WorkerThread thread_;              // the last member, because its destructor stops the loop
};

}  // namespace

std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options) {
    return makeCurlTransport(options, nullptr);
}

std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options,
                                                 PartialResponseHandler onPartialResponse) {
    return std::make_shared<CurlTransport>(options, std::move(onPartialResponse));
}

}  // namespace applivery
