#include "http/retry.hpp"

#include "core/text.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>
#include <string>

namespace applivery::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

double chance(const RetryPolicy& policy) {
    if (policy.random) return policy.random();
    thread_local std::mt19937_64 engine{std::random_device{}()};
    return std::uniform_real_distribution<double>{}(engine);
}

milliseconds jitteredDelay(const RetryPolicy& policy, int attempts) {
    const double growth = std::pow(std::max(policy.multiplier, 1.0), attempts - 1);
    const double bound = std::min(static_cast<double>(policy.initialDelay.count()) * growth,
                                  static_cast<double>(policy.maxDelay.count()));
    return milliseconds(static_cast<milliseconds::rep>(std::max(bound, 0.0) * chance(policy)));
}

std::optional<seconds> secondsFromNow(const std::string& text, std::chrono::system_clock::time_point now) {
    constexpr long long longest = 10LL * 365 * 24 * 3600;
    long long number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault == std::errc{} && end == text.data() + text.size()) return seconds(std::clamp(number, 0LL, longest));
    const time_t date = curl_getdate(text.c_str(), nullptr);
    if (date == -1) return std::nullopt;
    const auto wait = std::chrono::ceil<seconds>(std::chrono::system_clock::from_time_t(date) - now);
    return std::clamp(wait, seconds(0), seconds(longest));
}

}  // namespace

std::optional<milliseconds> delayBeforeRetry(const RetryPolicy& policy, const Error& error, milliseconds elapsed) {
    if (policy.custom) return policy.custom(error, elapsed);
    if (!error.isRetryable() || error.attempts() >= policy.maxAttempts) return std::nullopt;
    const milliseconds asked = error.retryAfter().value_or(seconds(0));
    const milliseconds delay = std::max(jitteredDelay(policy, error.attempts()), asked);
    if (elapsed + delay > policy.maxElapsed) return std::nullopt;
    return delay;
}

std::optional<seconds> retryAfter(const HttpHeaders& headers, std::chrono::system_clock::time_point now) {
    const auto header = std::find_if(headers.begin(), headers.end(),
                                     [](const auto& row) { return equalsIgnoringCase(row.first, "Retry-After"); });
    if (header == headers.end()) return std::nullopt;
    return secondsFromNow(header->second, now);
}

}  // namespace applivery::detail
