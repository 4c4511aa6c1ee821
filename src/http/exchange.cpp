#include "http/exchange.hpp"

#include "core/text.hpp"
#include "http/curl_errors.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxHeaderBytes = std::size_t{256} << 10U;

long milliseconds(std::chrono::milliseconds duration) {
    using Limits = std::numeric_limits<int>;  // libcurl takes a long, which some platforms make as small as an int
    return static_cast<long>(std::clamp<std::chrono::milliseconds::rep>(duration.count(), 1, Limits::max()));
}

// libcurl's options are variadic: this keeps the first failure of many.
class Setup {
public:
    explicit Setup(CURL* handle) : handle_(handle) {}

    template <typename Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(handle_, option, value);
        if (failure_ == CURLE_OK) failure_ = code;
    }

    [[nodiscard]] CURLcode failure() const noexcept { return failure_; }

private:
    CURL* handle_;
    CURLcode failure_ = CURLE_OK;
};

std::string protocolOf(CURL* handle) {
    long version = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
    switch (version) {
        case CURL_HTTP_VERSION_1_0:
            return "HTTP/1.0";
        case CURL_HTTP_VERSION_1_1:
            return "HTTP/1.1";
        case CURL_HTTP_VERSION_2_0:
            return "HTTP/2";
        default:
            return "HTTP";
    }
}

}  // namespace

ExchangeOptions::ExchangeOptions(const ClientOptions& options)
    : connectTimeoutMs(milliseconds(options.connectTimeout)),
      requestTimeoutMs(milliseconds(options.requestTimeout)),
      maxResponseBytes(options.maxResponseBytes),
      proxy(options.proxy),
      caBundle(options.caBundle) {}

Exchange::Exchange(HttpRequest request, CancellationToken token, Done done)
    : request_(std::move(request)), token_(std::move(token)), done_(std::move(done)) {}

void Exchange::watchCancellation(std::function<void()> wake) {
    if (token_.canBeCancelled()) onCancel_.emplace(token_, std::move(wake));
}

std::optional<Error> Exchange::begin(EasyHandle handle, const ExchangeOptions& options) {
    options_ = &options;
    handle_ = std::move(handle);
    for (const auto& [name, value] : request_.headers) {
        const std::string line = name + ": " + value;
        curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
        if (longer == nullptr) return errorFromCurl(CURLE_OUT_OF_MEMORY);
        (void)headers_.release();
        headers_.reset(longer);
    }

    Setup setup(handle_.get());
    setup.set(CURLOPT_URL, request_.url.c_str());
    setup.set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    setup.set(CURLOPT_HTTPHEADER, headers_.get());
    setup.set(CURLOPT_PRIVATE, static_cast<void*>(this));
    setup.set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    setup.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    setup.set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    setup.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    setup.set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeoutMs);
    setup.set(CURLOPT_TIMEOUT_MS, options.requestTimeoutMs);
    setup.set(CURLOPT_FOLLOWLOCATION, 0L);
    setup.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    setup.set(CURLOPT_ACCEPT_ENCODING, "");  // every encoding that libcurl was built with
    setup.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    setup.set(CURLOPT_PIPEWAIT, 1L);  // prefer a stream of an HTTP/2 connection that is just being made
    setup.set(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    setup.set(CURLOPT_QUICK_EXIT, 1L);  // cancelling does not wait for the name look-up's thread
#endif
#if LIBCURL_VERSION_NUM >= 0x075500
    setup.set(CURLOPT_PROTOCOLS_STR, "http,https");
#else
    setup.set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
    if (!options.proxy.empty()) setup.set(CURLOPT_PROXY, options.proxy.c_str());
    if (!options.caBundle.empty()) setup.set(CURLOPT_CAINFO, options.caBundle.c_str());
    if (setup.failure() != CURLE_OK) return errorFromCurl(setup.failure());
    return std::nullopt;
}

std::size_t Exchange::onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    try {
        return self.acceptHeader({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
        return 0;  // libcurl must not see an exception; it ends the transfer instead
    }
}

std::size_t Exchange::onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    try {
        return self.acceptBody({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
        return 0;
    }
}

bool Exchange::acceptHeader(std::string_view line) {
    headerBytes_ += line.size();
    if (headerBytes_ > maxHeaderBytes) {
        fault_ = Error(ErrorKind::responseTooLarge, "the answer's headers are larger than 256 KiB.");
        return false;
    }
    const std::size_t colon = line.find(':');
    if (line.substr(0, 5) == "HTTP/") {
        response_.headers.clear();  // an interim answer came before
    } else if (colon != std::string_view::npos) {
        response_.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    return true;
}

bool Exchange::acceptBody(std::string_view bytes) {
    const std::size_t needed = response_.body.size() + bytes.size();
    if (needed > options_->maxResponseBytes) {
        fault_ = Error(ErrorKind::responseTooLarge,
                       "the answer is larger than " + std::to_string(options_->maxResponseBytes) +
                           " bytes. Ask for fewer builds with Page::limit, or raise ClientOptions::maxResponseBytes.");
        return false;
    }
    reserveBody(needed);
    response_.body.append(bytes);
    return true;
}

// Grows by the announced length or by half, never past the cap: a body at the cap must not cost twice the cap.
void Exchange::reserveBody(std::size_t needed) {
    if (needed <= response_.body.capacity()) return;
    curl_off_t announced = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    constexpr std::size_t trusted = std::size_t{1} << 20U;  // an announcement is no reason to allocate more than this
    const std::size_t hint = announced > 0 ? std::min(static_cast<std::size_t>(announced), trusted) : 0;
    const std::size_t grown = std::max(hint, needed + needed / 2);
    response_.body.reserve(std::clamp(grown, needed, options_->maxResponseBytes));
}

Result<HttpResponse> Exchange::outcome(CURLcode code) {
    if (token_.isCancelled()) return cancelled();
    if (fault_) return *std::exchange(fault_, std::nullopt);
    if (code != CURLE_OK) return errorFromCurl(code);
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    response_.protocol = protocolOf(handle_.get());
    return std::move(response_);
}

void Exchange::complete(Result<HttpResponse> result) {
    onCancel_.reset();
    std::exchange(done_, nullptr)(std::move(result));
}

Error Exchange::cancelled() {
    return Error(ErrorKind::cancelled, "the request was cancelled.");
}

}  // namespace applivery::detail
