#include "http/exchange.hpp"

#include "core/user_code.hpp"
#include "http/curl_errors.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <string>
#include <utility>

#ifndef _WIN32
#    include <fcntl.h>
#endif

namespace applivery::detail {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto curlTooLarge = static_cast<CURLcode>(100);  // CURLE_TOO_LARGE, from libcurl 8.6

Error silentConnection() {
    return Error(ErrorKind::connection,
                 "the connection was closed, because no data arrived any more. Check the network, then try again.");
}

// Opens a socket. Programs that this process starts do not inherit the socket. libcurl itself would open it without
// close-on-exec, and such a program would keep the connection open.
curl_socket_t openSocket(const curl_sockaddr& address) noexcept {
#ifdef SOCK_CLOEXEC
    return socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
    const curl_socket_t opened = socket(address.family, address.socktype, address.protocol);
#    ifdef FD_CLOEXEC  // macOS
    if (opened != CURL_SOCKET_BAD) (void)fcntl(opened, F_SETFD, FD_CLOEXEC);
#    endif
    return opened;
#endif
}

}  // namespace

Exchange::Exchange(HttpRequest request, CancellationToken token, Done done)
    : request_(std::move(request)), token_(std::move(token)), done_(std::move(done)) {}

void Exchange::setList(Exchanges& list) noexcept {
    list_ = &list;
    position_ = std::prev(list.end());
}

void Exchange::moveTo(Exchanges& list) noexcept {
    list.splice(list.end(), *list_, position_);
    list_ = &list;
}

void Exchange::watchCancellation(std::function<void()> wake) {
    if (token_.canBeCancelled()) onCancel_.emplace(token_, std::move(wake));
}

bool Exchange::isOverTls() const noexcept {
    return std::string_view(request_.url).substr(0, 6) == "https:";
}

std::string_view Exchange::origin() const noexcept {
    const std::string_view url = request_.url;
    const std::size_t authority = url.find("//");
    return url.substr(0, authority == std::string_view::npos ? authority : url.find_first_of("/?#", authority + 2));
}

std::optional<Error> Exchange::begin(EasyHandle handle, const ExchangeOptions& options, Reuse reuse) noexcept {
    options_ = &options;
    handle_ = std::move(handle);
    reuse_ = reuse;
    timeLimit_ =
        std::min(options.requestTimeout, clampToCurlTimeout(request_.timeout.value_or(options.requestTimeout)));
    startedAt_ = Steady::now();
    response_.begin(handle_.get(), options.maxResponseBytes);
    try {
        if (auto error = setHeaders()) return error;
        return setAllOptions();
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

std::optional<Error> Exchange::setHeaders() {
    for (const auto& [name, value] : request_.headers) {
        const std::string line = name + ": " + value;
        curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
        if (longer == nullptr) return outOfMemory();
        (void)headers_.release();
        headers_.reset(longer);
    }
    return std::nullopt;
}

std::optional<Error> Exchange::setAllOptions() {
    CURLcode failure = setOptions(handle_.get(), request_, *options_, timeLimit_, reuse_);
    const auto set = [&](CURLoption option, auto value) {
        const CURLcode code = curl_easy_setopt(handle_.get(), option, value);
        if (failure == CURLE_OK) failure = code;
    };
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_ERRORBUFFER, errorDetail_.data());
    set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_RESOLVER_START_FUNCTION, &Exchange::onResolverStart);
    set(CURLOPT_RESOLVER_START_DATA, static_cast<void*>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::onOpenSocket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    if (failure != CURLE_OK) return errorFromCurl(failure);
    return std::nullopt;
}

bool Exchange::updateProgress() noexcept {
    if (leftQueueAt_ == Time::max()) {
        if (!hasLeftQueue()) {
            disableConnectTimeout();
            return false;
        }
        leftQueueAt_ = lastReceivedAt_ = Steady::now();
        deadline_ = leftQueueAt_ + std::min(options_->connectTimeout, timeLimit_);
        if (request_.onStart) (void)invokeUserCode("HttpRequest::onStart", request_.onStart);
    }
    if (!isConnected()) return false;
    disableConnectTimeout();  // because a stream that the server refuses returns to libcurl's queue
    deadline_ = leftQueueAt_ + timeLimit_;
    return true;
}

// libcurl would also apply its time limit in its queue. The event loop applies the limit instead: see updateProgress().
void Exchange::disableConnectTimeout() noexcept {
    curl_easy_setopt(handle_.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(maxCurlTimeout.count()));
}

bool Exchange::hasLeftQueue() const noexcept {
    if (hasBegunToConnect_) return true;
    curl_off_t lookUpTime = 0;  // older versions of libcurl also set this time if they reuse a connection
    curl_easy_getinfo(handle_.get(), CURLINFO_NAMELOOKUP_TIME_T, &lookUpTime);
    return lookUpTime > 0 || isConnected();
}

bool Exchange::isConnected() const noexcept {
    curl_off_t preTransferTime = 0;  // from the start until the request could be sent
    curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &preTransferTime);
    return preTransferTime > 0;
}

long Exchange::connection() const noexcept {
    long port = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_LOCAL_PORT, &port);
    return port;
}

// libcurl closes a shared connection if its last exchange has CURLOPT_FORBID_REUSE.
void Exchange::abandonConnection(Time now) noexcept {
    curl_easy_setopt(handle_.get(), CURLOPT_FORBID_REUSE, 1L);
    hasAbandonedConnection_ = true;
    endsEarly_ = now < deadline_;
    deadline_ = std::min(deadline_, now);
}

bool Exchange::isOverHttp1() const noexcept {
    const long version = httpVersion(handle_.get());
    return version == CURL_HTTP_VERSION_1_0 || version == CURL_HTTP_VERSION_1_1;
}

bool Exchange::isOverHttp2() const noexcept {
    return httpVersion(handle_.get()) == CURL_HTTP_VERSION_2_0;
}

EasyHandle Exchange::releaseHandle() noexcept {
    curl_easy_reset(handle_.get());
    return std::move(handle_);
}

int Exchange::onResolverStart(void*, void*, void* exchange) noexcept {
    static_cast<Exchange*>(exchange)->hasBegunToConnect_ = true;
    return 0;
}

curl_socket_t Exchange::onOpenSocket(void* exchange, curlsocktype, curl_sockaddr* address) noexcept {
    static_cast<Exchange*>(exchange)->hasBegunToConnect_ = true;
    return openSocket(*address);
}

std::size_t Exchange::onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    self.lastReceivedAt_ = Steady::now();
    return self.response_.addHeadLine({data, size * count}) ? size * count : 0;  // 0 ends the transfer
}

std::size_t Exchange::onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    self.lastReceivedAt_ = Steady::now();
    return self.response_.addBody({data, size * count}) ? size * count : 0;
}

Result<HttpResponse> Exchange::outcome(CURLcode code) noexcept {
    try {
        Result<HttpResponse> result = outcomeOf(code);
        if (!result && result.error().kind() != ErrorKind::responseTooLarge) reportPartialResponse();
        return result;
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

Result<HttpResponse> Exchange::outcomeOf(CURLcode code) {
    if (token_.isCancelled()) return cancelled();
    // For an unsuccessful response, the status is enough: its body may be cut off.
    if (!response_.isUnsuccessful()) {
        if (auto fault = response_.takeFault()) return *std::move(fault);
        if (endsEarly_) return silentConnection();
        if (code != CURLE_OK) return failure(code);
    }
    return response_.takeResponse();
}

void Exchange::reportPartialResponse() {
    if (!options_->onPartialResponse || !response_.hasWholeHead()) return;
    (void)invokeUserCode("the handler of partial responses",
                         [this] { options_->onPartialResponse(request_, response_.takeResponse()); });
}

Error Exchange::failure(CURLcode code) const {
    long proxyStatus = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    if (proxyStatus >= 300) return refusedByProxy(static_cast<int>(proxyStatus));
    // libcurl has a limit of 100 KiB for one header. Before 8.6, the error is CURLE_OUT_OF_MEMORY.
    if (response_.isInHead() && (code == CURLE_OUT_OF_MEMORY || code == curlTooLarge)) return headTooLarge();
    const bool usesProxy = options_->proxy && !options_->proxy->empty();
    return errorFromCurl(code, errorDetail_.data(), usesProxy, tlsFailureOf(tlsFacts(code)));
}

TlsFacts Exchange::tlsFacts(CURLcode code) const noexcept {
    TlsFacts facts;
    facts.code = code;
    curl_easy_getinfo(handle_.get(), CURLINFO_SSL_VERIFYRESULT, &facts.verifyResult);
    if (facts.verifyResult == 0) {
        curl_easy_getinfo(handle_.get(), CURLINFO_PROXY_SSL_VERIFYRESULT, &facts.verifyResult);
    }
    facts.detail = errorDetail_.data();
    if (const char* const library = curl_version_info(CURLVERSION_NOW)->ssl_version) facts.library = library;
    return facts;
}

void Exchange::complete(Result<HttpResponse> result) noexcept {
    onCancel_.reset();
    (void)invokeUserCode("the completion of a request", [&] { std::exchange(done_, nullptr)(std::move(result)); });
}

Error Exchange::cancelled() noexcept {
    try {
        return Error(ErrorKind::cancelled, "the request was cancelled.");
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

}  // namespace applivery::detail
