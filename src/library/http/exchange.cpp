#include "http/exchange.hpp"

#include "core/text.hpp"
#include "core/user_code.hpp"
#include "http/curl_errors.hpp"
#include "http/descriptors.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxHeaderBytes = std::size_t{256} << 10U;

using Steady = std::chrono::steady_clock;

constexpr auto tooLarge = static_cast<CURLcode>(100);  // CURLE_TOO_LARGE, which libcurl has from 8.6

Error headersTooLarge() {
    return Error(ErrorKind::responseTooLarge, "the answer's headers are larger than 256 KiB, or one of them than 100.");
}

Error wentSilent() {
    return Error(ErrorKind::connection,
                 "nothing arrived on the connection any more, and it was closed. Check the network, then try again.");
}

// Scheme, host and port, as they stand in the URL.
std::string_view originOf(std::string_view url) {
    const std::size_t authority = url.find("//");
    return url.substr(0, authority == std::string_view::npos ? authority : url.find_first_of("/?#", authority + 2));
}

long httpVersion(CURL* handle) {
    long version = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
    return version;
}

std::string protocolOf(CURL* handle) {
    switch (httpVersion(handle)) {
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

Exchange::Exchange(HttpRequest request, CancellationToken token, Done done)
    : request_(std::move(request)),
      token_(std::move(token)),
      origin_(std::hash<std::string_view>{}(originOf(request_.url))),
      done_(std::move(done)) {}

void Exchange::watchCancellation(std::function<void()> wake) {
    if (token_.canBeCancelled()) onCancel_.emplace(token_, std::move(wake));
}

bool Exchange::isOverTls() const noexcept {
    return std::string_view(request_.url).substr(0, 6) == "https:";
}

std::optional<Error> Exchange::begin(EasyHandle handle, const ExchangeOptions& options, Reuse reuse) noexcept {
    options_ = &options;
    handle_ = std::move(handle);
    reuse_ = reuse;
    limit_ = std::min(options.requestTimeout, clampToCurlTimeout(request_.timeout.value_or(options.requestTimeout)));
    begunAt_ = Steady::now();
    try {
        if (auto error = setHeaders()) return error;
        return setUp();
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

std::optional<Error> Exchange::setUp() {
    CURLcode failure = setOptions(handle_.get(), request_, *options_, limit_, reuse_);
    const auto set = [&](CURLoption option, auto value) {
        const CURLcode code = curl_easy_setopt(handle_.get(), option, value);
        if (failure == CURLE_OK) failure = code;
    };
    set(CURLOPT_HTTPHEADER, headers_.get());
    set(CURLOPT_PRIVATE, static_cast<void*>(this));
    set(CURLOPT_ERRORBUFFER, detail_.data());
    set(CURLOPT_HEADERFUNCTION, &Exchange::onHeader);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Exchange::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_RESOLVER_START_FUNCTION, &Exchange::onLookUp);
    set(CURLOPT_RESOLVER_START_DATA, static_cast<void*>(this));
    set(CURLOPT_OPENSOCKETFUNCTION, &Exchange::onSocket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    if (failure != CURLE_OK) return errorFromCurl(failure);
    return std::nullopt;
}

bool Exchange::advance() noexcept {
    if (startedAt_ == Time::max()) {
        if (!hasLeftQueue()) {
            liftConnectTimeout();
            return false;
        }
        startedAt_ = heardAt_ = Steady::now();
        deadline_ = startedAt_ + std::min(options_->connectTimeout, limit_);
        if (request_.onStart) (void)invokeUserCode("HttpRequest::onStart", request_.onStart);
    }
    if (!isConnected()) return false;
    liftConnectTimeout();  // a refused stream goes back into the queue
    deadline_ = startedAt_ + limit_;
    return true;
}

// libcurl would apply this limit to the time in its queue.
void Exchange::liftConnectTimeout() noexcept {
    curl_easy_setopt(handle_.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(longestTime.count()));
}

bool Exchange::hasLeftQueue() const noexcept {
    if (isLookingUpOrConnecting_) return true;
    curl_off_t lookedUp = 0;  // an older libcurl sets this time also if it reuses a connection
    curl_easy_getinfo(handle_.get(), CURLINFO_NAMELOOKUP_TIME_T, &lookedUp);
    return lookedUp > 0 || isConnected();
}

bool Exchange::isConnected() const noexcept {
    curl_off_t beforeTransfer = 0;  // when the request could be sent, in microseconds
    curl_easy_getinfo(handle_.get(), CURLINFO_PRETRANSFER_TIME_T, &beforeTransfer);
    return beforeTransfer > 0;
}

long Exchange::connection() const noexcept {
    long port = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_LOCAL_PORT, &port);
    return port;
}

// libcurl closes a shared connection if the last exchange that leaves it has this option.
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

int Exchange::onLookUp(void*, void*, void* exchange) noexcept {
    static_cast<Exchange*>(exchange)->isLookingUpOrConnecting_ = true;
    return 0;
}

curl_socket_t Exchange::onSocket(void* exchange, curlsocktype, curl_sockaddr* address) noexcept {
    static_cast<Exchange*>(exchange)->isLookingUpOrConnecting_ = true;
    return openSocket(*address);
}

std::size_t Exchange::onHeader(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    self.heardAt_ = Steady::now();
    try {
        return self.acceptHeader({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
        self.fault_ = outOfMemory();  // libcurl must not see an exception; it ends the transfer instead
        return 0;
    }
}

std::size_t Exchange::onBody(char* data, std::size_t size, std::size_t count, void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    self.heardAt_ = Steady::now();
    try {
        return self.acceptBody({data, size * count}) ? size * count : 0;
    } catch (const std::bad_alloc&) {
        self.fault_ = outOfMemory();
        return 0;
    }
}

bool Exchange::acceptHeader(std::string_view line) {
    headerBytes_ += line.size();
    if (headerBytes_ > maxHeaderBytes) {
        fault_ = headersTooLarge();
        return false;
    }
    const std::size_t colon = line.find(':');
    if (line.substr(0, 5) == "HTTP/") {
        response_.headers.clear();  // an interim answer came before
    } else if (colon != std::string_view::npos) {
        response_.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    } else if (trimmed(line).empty()) {
        hasWholeHead_ = status() >= 200;
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
    constexpr curl_off_t trusted = curl_off_t{1} << 20U;  // an announcement is no reason to allocate more than this
    constexpr curl_off_t usualCompression = 12;           // of lists of builds
    announced = std::clamp<curl_off_t>(announced, 0, trusted);
    if (findHeader(response_.headers, "Content-Encoding") != nullptr) announced *= usualCompression;
    const auto hint = static_cast<std::size_t>(std::min(announced, trusted));
    const std::size_t grown = std::max(hint, needed + needed / 2);
    std::string body;  // a new one: reserve() of one that has memory may double it
    body.reserve(std::clamp(grown, needed, options_->maxResponseBytes));
    body.append(response_.body);
    response_.body = std::move(body);
}

int Exchange::status() const noexcept {
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

Result<HttpResponse> Exchange::outcome(CURLcode code) noexcept {
    try {
        return outcomeOf(code);
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

Result<HttpResponse> Exchange::outcomeOf(CURLcode code) {
    if (token_.isCancelled()) return cancelled();
    response_.status = status();
    // A refusal stands, whatever becomes of the body that would explain it.
    const bool isRefusal = hasWholeHead_ && response_.status >= 300;
    if (fault_ && !isRefusal) return *std::exchange(fault_, std::nullopt);
    if (endsEarly_ && !isRefusal) return wentSilent();
    if (code != CURLE_OK && !isRefusal) return failure(code);
    response_.protocol = protocolOf(handle_.get());
    return std::move(response_);
}

Error Exchange::failure(CURLcode code) const {
    long proxyStatus = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    if (proxyStatus >= 300) return refusedByProxy(static_cast<int>(proxyStatus));
    // libcurl has a bound of its own for one header, and says so in its own way.
    const bool isInHead = headerBytes_ > 0 && !hasWholeHead_;
    if (isInHead && (code == CURLE_OUT_OF_MEMORY || code == tooLarge)) return headersTooLarge();
    const bool usesProxy = options_->proxy && !options_->proxy->empty();
    return errorFromCurl(code, detail_.data(), usesProxy, tlsFailureOf(tlsFacts(code)));
}

TlsFacts Exchange::tlsFacts(CURLcode code) const noexcept {
    TlsFacts facts;
    facts.code = code;
    curl_easy_getinfo(handle_.get(), CURLINFO_SSL_VERIFYRESULT, &facts.verifyResult);
    if (facts.verifyResult == 0) {
        curl_easy_getinfo(handle_.get(), CURLINFO_PROXY_SSL_VERIFYRESULT, &facts.verifyResult);
    }
    facts.detail = detail_.data();
    if (const char* const library = curl_version_info(CURLVERSION_NOW)->ssl_version) facts.library = library;
    return facts;
}

void Exchange::complete(Result<HttpResponse> result) noexcept {
    onCancel_.reset();
    (void)invokeUserCode("the completion of a request",
                         [&] { std::exchange(done_, nullptr)(std::move(result)); });  // nobody is left to be told
}

Error Exchange::cancelled() noexcept {
    try {
        return Error(ErrorKind::cancelled, "the request was cancelled.");
    } catch (const std::bad_alloc&) {
        return outOfMemory();
    }
}

void Exchange::madeIn(Exchanges& list) noexcept {
    list_ = &list;
    position_ = std::prev(list.end());
}

void Exchange::moveTo(Exchanges& list) noexcept {
    list.splice(list.end(), *list_, position_);
    list_ = &list;
}

}  // namespace applivery::detail
