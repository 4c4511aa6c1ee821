/// @file
/// Dates in the format of HTTP headers.
#pragma once

#include <array>
#include <chrono>
#include <ctime>
#include <string>

namespace applivery::mock {

/// Formats a time as an IMF-fixdate (RFC 9110, section 5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
[[nodiscard]] inline std::string httpDate(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm utc{};
    // Unlike gmtime(), these are safe on several threads.
#ifdef _WIN32
    ::gmtime_s(&utc, &seconds);
#else
    ::gmtime_r(&seconds, &utc);
#endif
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return {text.data(), size};
}

}  // namespace applivery::mock
