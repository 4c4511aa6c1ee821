#include "json/real_number.hpp"

#include "json/json_input_filter.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

// libc++ 14 lacks std::from_chars and std::to_chars for double. The functions of C use the decimal point of the locale.
// The code below replaces this decimal point.
namespace applivery::detail {
namespace {

void replaceFirst(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t position = text.find(from);
    if (position != std::string::npos) text.replace(position, from.size(), to);
}

// Does not use std::localeconv(): its result is shared by all threads, which may have different locales.
std::string decimalPoint() {
    std::array<char, 16> buffer{};
    (void)std::snprintf(buffer.data(), buffer.size(), "%.1f", 0.5);
    const std::string_view text = buffer.data();
    return std::string(text.substr(1, text.size() - 2));
}

std::string formatWithDigits(double value, int digits) {
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.*g", digits, value);
    return text.data();
}

}  // namespace

std::optional<double> parseReal(std::string_view text) {
    constexpr std::size_t maxLength = 1000;  // limits the time of strtod()
    if (text.size() > maxLength || !isNumber(text)) return std::nullopt;
    std::string number(text);
    replaceFirst(number, ".", decimalPoint());
    const double value = std::strtod(number.c_str(), nullptr);
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

std::string formatReal(double value) {
    if (!std::isfinite(value)) return "null";
    constexpr double exactBelow = 9007199254740992;  // 2^53: a double represents every smaller integer
    if (std::fabs(value) < exactBelow && value == std::floor(value))
        return std::to_string(static_cast<std::int64_t>(value));
    int digits = std::numeric_limits<double>::digits10;
    std::string text = formatWithDigits(value, digits);
    while (std::strtod(text.c_str(), nullptr) != value && digits < std::numeric_limits<double>::max_digits10) {
        text = formatWithDigits(value, ++digits);
    }
    replaceFirst(text, decimalPoint(), ".");
    return text;
}

}  // namespace applivery::detail
