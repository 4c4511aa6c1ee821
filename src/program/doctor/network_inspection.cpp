#include "doctor/network_inspection.hpp"

#include "http_headers.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <string_view>
#include <utility>

namespace applivery::program {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Cleanup {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, Cleanup>;

bool beginsWith(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

// Returns a time for libcurl. At least 1, because libcurl reads 0 as its default.
long asLong(milliseconds time) {
    return static_cast<long>(std::clamp<std::int64_t>(time.count(), 1, std::numeric_limits<int>::max()));
}

microseconds timeOf(CURL* handle, CURLINFO info) {
    curl_off_t time = 0;
    curl_easy_getinfo(handle, info, &time);
    return microseconds{time};
}

long numberOf(CURL* handle, CURLINFO info) {
    long number = 0;
    curl_easy_getinfo(handle, info, &number);
    return number;
}

std::string protocolOf(CURL* handle) {
    switch (numberOf(handle, CURLINFO_HTTP_VERSION)) {
        case CURL_HTTP_VERSION_2_0:
            return "HTTP/2";
        case CURL_HTTP_VERSION_1_1:
            return "HTTP/1.1";
        default:
            return "HTTP";
    }
}

// Ends the transfer at the first byte of the body, which shows that the server responds.
std::size_t endAtBody(const char*, std::size_t, std::size_t, void* user) {
    *static_cast<bool*>(user) = true;
    return 0;
}

// Stores the value of the header Date.
std::size_t readDate(const char* data, std::size_t size, std::size_t count, void* user) {
    constexpr std::string_view name = "date:";
    const std::string line(data, size * count);
    const bool isDate = line.size() > name.size() && curl_strnequal(line.c_str(), name.data(), name.size()) != 0;
    if (isDate) *static_cast<std::string*>(user) = line.substr(name.size());
    return size * count;
}

/// The data that the callbacks of the handle store.
struct TransferNotes {
    std::string date;
    std::string proxyVariable;
    std::string tlsVersion;
    bool hasSentConnect = false;
    bool hasStartedTls = false;
    bool hasBody = false;
};

// Returns the word after the phrase; empty if the line does not contain the phrase.
std::string wordAfter(std::string_view phrase, std::string_view line) {
    const std::size_t position = line.find(phrase);
    if (position == std::string_view::npos) return {};
    const std::string_view rest = line.substr(position + phrase.size());
    return std::string(rest.substr(0, rest.find_first_of(" \r\n")));
}

// OpenSSL writes `TLSv1.3`, and GnuTLS `TLS1.3`.
std::string tlsVersionText(const std::string& version) {
    const std::size_t digit = version.find_first_of("0123456789");
    return digit == std::string::npos ? version : "TLS " + version.substr(digit);
}

std::string addressFamilyOf(CURL* handle) {
    const char* address = nullptr;
    curl_easy_getinfo(handle, CURLINFO_PRIMARY_IP, &address);
    const std::string_view text(address != nullptr ? address : "");
    if (text.empty()) return {};
    return text.find(':') != std::string_view::npos ? "IPv6" : "IPv4";
}

// Reads libcurl's log: only the log names the variable of the proxy, the TLS version, and the steps of a connection
// that is not complete.
int readLog(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
    TransferNotes& notes = *static_cast<TransferNotes*>(user);
    const std::string_view line(data, size);
    if (type == CURLINFO_HEADER_OUT && beginsWith(line, "CONNECT ")) notes.hasSentConnect = true;
    if (type == CURLINFO_SSL_DATA_OUT) notes.hasStartedTls = true;
    if (type != CURLINFO_TEXT) return 0;
    const std::string variable = wordAfter("Uses proxy env variable ", line);
    if (!variable.empty() && variable != "no_proxy" && variable != "NO_PROXY") notes.proxyVariable = variable;
    const std::string version = wordAfter("SSL connection using ", line);
    if (!version.empty()) notes.tlsVersion = tlsVersionText(version);
    return 0;
}

struct FreeList {
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

// Returns the User-Agent header, which some firewalls require.
HeaderList userAgentOf(const HttpRequest& request) {
    HeaderList list;
    if (const std::string* const agent = findHeader(request.headers, "user-agent")) {
        list.reset(curl_slist_append(nullptr, ("User-Agent: " + *agent).c_str()));
    }
    return list;
}

// Configures the handle as the library's transport does, except that no token is sent.
Handle makeHandle(const std::string& url, const ClientOptions& options, curl_slist* headers, TransferNotes& notes) {
    Handle handle(curl_easy_init());
    if (!handle) return handle;
    CURL* const curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_2TLS});
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, asLong(options.connectTimeout));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, asLong(options.requestTimeout));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &endAtBody);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &notes.hasBody);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &readDate);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &notes.date);
    curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, &readLog);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &notes);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
    if (beginsWith(url, "http:")) curl_easy_setopt(curl, CURLOPT_PROXY, "");  // plain http is for this machine only
    if (!options.caBundle.empty()) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, options.caBundle.c_str());
        curl_easy_setopt(curl, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
        curl_easy_setopt(curl, CURLOPT_PROXY_CAINFO, options.caBundle.c_str());
        curl_easy_setopt(curl, CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
    }
    return handle;
}

struct CleanupMulti {
    void operator()(CURLM* handle) const noexcept { curl_multi_cleanup(handle); }
};

// Runs the transfer until it ends or is cancelled. curl_easy_perform() would notice a cancellation only once a second.
CURLcode perform(CURL* handle, const CancellationToken& token) {
    const std::unique_ptr<CURLM, CleanupMulti> multi(curl_multi_init());
    if (!multi || curl_multi_add_handle(multi.get(), handle) != CURLM_OK) return CURLE_FAILED_INIT;
    constexpr int intervalMs = 50;
    int running = 1;
    while (running > 0 && !token.isCancelled()) {
        curl_multi_perform(multi.get(), &running);
        if (running > 0) curl_multi_poll(multi.get(), nullptr, 0, intervalMs, nullptr);
    }
    int remaining = 0;
    const CURLMsg* const message = curl_multi_info_read(multi.get(), &remaining);
    const CURLcode code = message != nullptr ? message->data.result : CURLE_ABORTED_BY_CALLBACK;
    curl_multi_remove_handle(multi.get(), handle);
    return code;
}

std::optional<seconds> secondsOf(const std::string& date) {
    const std::time_t time = curl_getdate(date.c_str(), nullptr);
    if (time == -1) return std::nullopt;
    return seconds{time};
}

// Returns absent also for a time that TimePoint cannot represent, such as the year 9999 of a certificate without end.
std::optional<TimePoint> timeOf(const std::string& date) {
    const std::optional<seconds> time = secondsOf(date);
    const bool isInRange = time && *time > std::chrono::ceil<seconds>(TimePoint::min().time_since_epoch()) &&
                           *time < std::chrono::floor<seconds>(TimePoint::max().time_since_epoch());
    if (!isInRange) return std::nullopt;
    return TimePoint{*time};
}

// Returns the server's certificate, which is the first of the chain.
std::optional<Certificate> certificateOf(CURL* handle) {
    curl_certinfo* chain = nullptr;
    curl_easy_getinfo(handle, CURLINFO_CERTINFO, &chain);
    if (chain == nullptr || chain->num_of_certs == 0) return std::nullopt;
    constexpr std::string_view subjectKey = "Subject:";
    constexpr std::string_view issuerKey = "Issuer:";
    constexpr std::string_view beginKey = "Start date:";
    constexpr std::string_view expiryKey = "Expire date:";
    Certificate certificate;
    std::string subject;
    for (const curl_slist* entry = chain->certinfo[0]; entry != nullptr; entry = entry->next) {
        const std::string text(entry->data);
        if (beginsWith(text, subjectKey)) subject = text.substr(subjectKey.size());
        if (beginsWith(text, issuerKey)) certificate.issuer = text.substr(issuerKey.size());
        if (beginsWith(text, beginKey)) certificate.begin = timeOf(text.substr(beginKey.size()));
        if (beginsWith(text, expiryKey)) certificate.expiry = timeOf(text.substr(expiryKey.size()));
    }
    if (certificate.issuer == subject) certificate.issuer.clear();  // the subject contains the name of the host
    return certificate;
}

// Connects without verification to read the certificate. Sends no request to a server that is not trusted.
std::optional<Certificate> refusedCertificate(const std::string& url, const ClientOptions& options,
                                              const CancellationToken& token) {
    TransferNotes notes;
    const Handle handle = makeHandle(url, options, nullptr, notes);
    if (!handle) return std::nullopt;
    curl_easy_setopt(handle.get(), CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(handle.get(), CURLOPT_SSL_VERIFYHOST, 0L);
    if (perform(handle.get(), token) != CURLE_OK) return std::nullopt;
    return certificateOf(handle.get());
}

}  // namespace

NetworkInspection inspectNetwork(const HttpRequest& request, const ClientOptions& options,
                                 const CancellationToken& token) {
    NetworkInspection inspection;
    TransferNotes notes;
    const HeaderList headers = userAgentOf(request);
    const Handle handle = makeHandle(request.url, options, headers.get(), notes);
    if (!handle) {
        inspection.code = CURLE_FAILED_INIT;
        return inspection;
    }
    CURL* const curl = handle.get();
    const CURLcode code = perform(curl, token);
    const TimePoint now = std::chrono::system_clock::now();
    inspection.code = notes.hasBody ? CURLE_OK : code;
    inspection.isTls = beginsWith(request.url, "https:");
    inspection.proxyVariable = notes.proxyVariable;
    inspection.proxyStatus = static_cast<int>(numberOf(curl, CURLINFO_HTTP_CONNECTCODE));
    inspection.hasSentConnect = notes.hasSentConnect;
    inspection.hasStartedTls = notes.hasStartedTls;
    inspection.lookUp = timeOf(curl, CURLINFO_NAMELOOKUP_TIME_T);
    inspection.connection = timeOf(curl, CURLINFO_CONNECT_TIME_T);
    inspection.tls = timeOf(curl, CURLINFO_APPCONNECT_TIME_T);
    inspection.firstByte = timeOf(curl, CURLINFO_STARTTRANSFER_TIME_T);
    inspection.status = static_cast<int>(numberOf(curl, CURLINFO_RESPONSE_CODE));
    inspection.addressFamily = addressFamilyOf(curl);
    inspection.tlsVersion = notes.tlsVersion;
    inspection.protocol = protocolOf(curl);
    inspection.certificate = inspection.code == CURLE_PEER_FAILED_VERIFICATION
                                 ? refusedCertificate(request.url, options, token)
                                 : certificateOf(curl);
    // In whole seconds no difference overflows.
    if (const auto date = secondsOf(notes.date)) {
        inspection.clockAhead = *date - std::chrono::floor<seconds>(now.time_since_epoch());
    }
    return inspection;
}

}  // namespace applivery::program
