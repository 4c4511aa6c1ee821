#include "response/header_times.hpp"

#include "core/text.hpp"
#include "core/time_limits.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace applivery::detail {
namespace {

using std::chrono::seconds;

seconds boundedSeconds(std::int64_t count) {
    return seconds(std::clamp<std::int64_t>(count, 0, std::chrono::duration_cast<seconds>(longestDelay).count()));
}

std::optional<seconds> secondsFromNow(const std::string& text, std::chrono::system_clock::time_point now) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (stop == end && error == std::errc::result_out_of_range)
        return boundedSeconds(text.front() == '-' ? 0 : INT64_MAX);
    if (stop == end && error == std::errc{}) return boundedSeconds(number);
    const std::time_t date = curl_getdate(text.c_str(), nullptr);
    if (date == -1) return std::nullopt;
    // Computes in whole seconds, because the unit of the clock cannot represent every date. Rounds the delay up.
    const auto nowInSeconds = std::chrono::floor<seconds>(now.time_since_epoch());
    return boundedSeconds(static_cast<std::int64_t>(date) - nowInSeconds.count());
}

// RFC 9111: only a response from a cache has the header Age. Common caches send the other headers, with each response.
bool isFromCache(const HttpHeaders& headers) {
    if (findHeader(headers, "Age") != nullptr) return true;
    for (const char* const name : {"Cache-Status", "CF-Cache-Status", "X-Cache", "X-Cache-Status"}) {
        const std::string* const header = findHeader(headers, name);
        if (header == nullptr) continue;
        std::string text = *header;
        std::transform(text.begin(), text.end(), text.begin(), toLower);
        if (text.find("hit") != std::string::npos || text.find("stale") != std::string::npos) return true;
    }
    return false;
}

}  // namespace

std::optional<seconds> retryAfter(const HttpHeaders& headers, std::chrono::system_clock::time_point now) {
    const std::string* const header = findHeader(headers, "Retry-After");
    return header != nullptr ? secondsFromNow(*header, now) : std::nullopt;
}

std::optional<std::chrono::system_clock::time_point> dateOf(const HttpHeaders& headers) {
    if (isFromCache(headers)) return std::nullopt;  // the date may be hours old
    const std::string* const header = findHeader(headers, "Date");
    const std::int64_t date = header != nullptr ? curl_getdate(header->c_str(), nullptr) : -1;
    constexpr std::int64_t latest = 7'258'118'400;  // 2200: a time_point can represent every time until then
    if (date < 0 || date > latest) return std::nullopt;
    return std::chrono::system_clock::time_point(seconds{date});
}

}  // namespace applivery::detail
