#include "http/exchange_options.hpp"

#include "core/url.hpp"

#include <algorithm>

namespace applivery::detail {
namespace {

// Options that some supported versions of libcurl lack or deprecate. Their numbers never change. The code uses the
// numbers, because the headers of the build may be older or newer than the linked libcurl.
constexpr auto quickExit = static_cast<CURLoption>(322);        // CURLOPT_QUICK_EXIT, in effect from 7.87 to 8.19
constexpr auto protocolNames = static_cast<CURLoption>(10318);  // CURLOPT_PROTOCOLS_STR, from 7.85
constexpr auto protocolBits = static_cast<CURLoption>(181);     // CURLOPT_PROTOCOLS, deprecated from 7.85

// Sets options, and keeps the first failure.
class Setup {
public:
    explicit Setup(CURL* handle) : handle_(handle) {}

    template <typename Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(handle_, option, value);
        if (failure_ == CURLE_OK) failure_ = code;
    }

    // Ignores failures: some versions of libcurl and some TLS libraries lack the option.
    template <typename Value>
    void setIfSupported(CURLoption option, Value value) {
        (void)curl_easy_setopt(handle_, option, value);
    }

    // Sets the older option if libcurl lacks the newer one.
    template <typename Value, typename OlderValue>
    void setOneOf(CURLoption option, Value value, CURLoption olderOption, OlderValue olderValue) {
        if (curl_easy_setopt(handle_, option, value) == CURLE_UNKNOWN_OPTION) set(olderOption, olderValue);
    }

    [[nodiscard]] CURLcode failure() const noexcept { return failure_; }

private:
    CURL* handle_;
    CURLcode failure_ = CURLE_OK;
};

void setProxy(Setup& setup, const std::optional<std::string>& proxy, const std::string& url) {
    if (proxy) {
        setup.set(CURLOPT_PROXY, proxy->c_str());
        setup.set(CURLOPT_NOPROXY, "");  // an explicit proxy overrides NO_PROXY
        return;
    }
    // To a proxy of the environment, the token would leave this machine unencrypted.
    const Url target(url);
    if (target.isPlainHttp() && target.isLoopback()) setup.set(CURLOPT_PROXY, "");
}

// Sets the trusted authorities to those of the bundle. Without the other options, libcurl would also trust the system's
// directory.
void setAuthorities(Setup& setup, const std::string& bundle) {
    if (bundle.empty()) return;
    setup.set(CURLOPT_CAINFO, bundle.c_str());
    setup.setIfSupported(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    setup.setIfSupported(CURLOPT_PROXY_CAINFO, bundle.c_str());
    setup.setIfSupported(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
}

}  // namespace

std::chrono::milliseconds clampToCurlTimeout(std::chrono::milliseconds duration) {
    return std::clamp(duration, std::chrono::milliseconds{1}, maxCurlTimeout);
}

ExchangeOptions::ExchangeOptions(const ClientOptions& options)
    : connectTimeout(clampToCurlTimeout(options.connectTimeout)),
      requestTimeout(clampToCurlTimeout(options.requestTimeout)),
      maxConnections(static_cast<std::size_t>(std::max(options.maxConnections, 1))),
      maxResponseBytes(options.maxResponseBytes),
      proxy(options.proxy),
      caBundle(options.caBundle) {}

CURLcode setOptions(CURL* handle, const HttpRequest& request, const ExchangeOptions& options,
                    std::chrono::milliseconds timeLimit, const Reuse& reuse) {
    Setup setup(handle);
    setup.set(CURLOPT_URL, request.url.c_str());
    setup.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    // The event loop applies the time limit of the whole exchange, because libcurl's own limit would include the time
    // in libcurl's queue. libcurl needs the time limit of the connection to divide it among the addresses of a host.
    setup.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(options.connectTimeout, timeLimit).count()));
    if (reuse.none) setup.set(CURLOPT_FRESH_CONNECT, 1L);
    if (reuse.maxIdle) setup.set(CURLOPT_MAXAGE_CONN, static_cast<long>(reuse.maxIdle->count()));
    setup.set(CURLOPT_FOLLOWLOCATION, 0L);
    setup.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    setup.set(CURLOPT_ACCEPT_ENCODING, "");  // every encoding that libcurl was built with
    setup.setIfSupported(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    setup.setIfSupported(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // or newer
    setup.set(CURLOPT_NOSIGNAL, 1L);
    setup.setIfSupported(quickExit, 1L);  // cancelling does not wait for the thread of a name look-up
    setup.setOneOf(protocolNames, "http,https", protocolBits, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
    setProxy(setup, options.proxy, request.url);
    setAuthorities(setup, options.caBundle);
    return setup.failure();
}

}  // namespace applivery::detail
