#include "http/response_collector.hpp"

#include "core/text.hpp"
#include "core/user_code.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::size_t maxHeadBytes = std::size_t{256} << 10U;

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

Error bodyTooLarge(std::size_t maxBytes) {
    return Error(ErrorKind::responseTooLarge,
                 "the response is larger than " + std::to_string(maxBytes) +
                     " bytes. Ask for fewer builds with Page::limit, or raise ClientOptions::maxResponseBytes.");
}

}  // namespace

Error headTooLarge() {
    return Error(ErrorKind::responseTooLarge,
                 "the response headers are larger than 256 KiB, or one header is larger than 100 KiB.");
}

long httpVersion(CURL* handle) noexcept {
    long version = 0;
    curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
    return version;
}

void ResponseCollector::begin(CURL* handle, std::size_t maxBodyBytes) noexcept {
    handle_ = handle;
    maxBodyBytes_ = maxBodyBytes;
}

// libcurl calls the next two functions. An exception must not pass through its C code.
bool ResponseCollector::addHeadLine(std::string_view line) noexcept {
    try {
        headBytes_ += line.size();
        if (headBytes_ > maxHeadBytes) {
            fault_ = headTooLarge();
            return false;
        }
        parseHeadLine(line);
        return true;
    } catch (const std::bad_alloc&) {
        fault_ = outOfMemory();
        return false;
    }
}

bool ResponseCollector::addBody(std::string_view bytes) noexcept {
    try {
        return appendToBody(bytes);
    } catch (const std::bad_alloc&) {
        fault_ = outOfMemory();
        return false;
    }
}

void ResponseCollector::parseHeadLine(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (line.substr(0, 5) == "HTTP/") {
        response_.headers.clear();  // those of an interim response
    } else if (colon != std::string_view::npos) {
        response_.headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    } else if (trimmed(line).empty()) {
        hasWholeHead_ = status() >= 200;
    }
}

bool ResponseCollector::appendToBody(std::string_view bytes) {
    const std::size_t needed = response_.body.size() + bytes.size();
    if (needed > maxBodyBytes_) {
        fault_ = bodyTooLarge(maxBodyBytes_);
        return false;
    }
    reserveBody(needed);
    response_.body.append(bytes);
    return true;
}

// Increases the capacity by half or to the announced length. The capacity never exceeds the limit, because a body at
// the limit must not use twice the memory.
void ResponseCollector::reserveBody(std::size_t needed) {
    if (needed <= response_.body.capacity()) return;
    curl_off_t announced = 0;
    curl_easy_getinfo(handle_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    constexpr curl_off_t maxAnnounced = curl_off_t{1} << 20U;  // a false length must not allocate more than this
    constexpr curl_off_t usualCompression = 12;                // of lists of builds
    announced = std::clamp<curl_off_t>(announced, 0, maxAnnounced);
    if (findHeader(response_.headers, "Content-Encoding") != nullptr) announced *= usualCompression;
    const auto hint = static_cast<std::size_t>(std::min(announced, maxAnnounced));
    const std::size_t grown = std::max(hint, needed + needed / 2);
    std::string body;  // a new string, because reserve() of a string with memory may double the capacity
    body.reserve(std::clamp(grown, needed, maxBodyBytes_));
    body.append(response_.body);
    response_.body = std::move(body);
}

int ResponseCollector::status() const noexcept {
    long status = 0;
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

std::optional<Error> ResponseCollector::takeFault() noexcept {
    return std::exchange(fault_, std::nullopt);
}

HttpResponse ResponseCollector::takeResponse() {
    response_.status = status();
    response_.protocol = protocolOf(handle_);
    return std::move(response_);
}

}  // namespace applivery::detail
