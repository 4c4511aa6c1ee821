/// @file
/// Times as HTTP's headers have them.
#pragma once

#include <array>
#include <chrono>
#include <ctime>
#include <string>

namespace applivery::test {

inline std::string httpDate(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm utc{};
    ::gmtime_r(&seconds, &utc);  // servers ask from many threads
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
    return {text.data(), size};
}

}  // namespace applivery::test
