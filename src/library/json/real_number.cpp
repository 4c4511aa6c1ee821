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

// Not std::from_chars and std::to_chars, which libc++ 14 lacks for double. The functions of C use the decimal point of
// the locale.
namespace applivery::detail {
namespace {

void replaceFirst(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t position = text.find(from);
    if (position != std::string::npos) text.replace(position, from.size(), to);
}

// Not std::localeconv(): threads may have locales of their own, and its result belongs to all of them.
std::string decimalPoint() {
    std::array<char, 16> half{};
    (void)std::snprintf(half.data(), half.size(), "%.1f", 0.5);
    const std::string_view text = half.data();
    return std::string(text.substr(1, text.size() - 2));
}

std::string format(double value, int digits) {
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.*g", digits, value);
    return text.data();
}

}  // namespace

std::optional<double> realNumber(std::string_view text) {
    constexpr std::size_t longest = 1000;  // more digits cost time and change nothing
    if (text.size() > longest || !isNumber(text)) return std::nullopt;
    std::string number(text);
    replaceFirst(number, ".", decimalPoint());
    const double value = std::strtod(number.c_str(), nullptr);
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

std::string realText(double value) {
    if (!std::isfinite(value)) return "null";
    constexpr double exact = 9007199254740992;  // 2^53: below it, each whole number is one
    if (std::fabs(value) < exact && value == std::floor(value)) return std::to_string(static_cast<std::int64_t>(value));
    int digits = std::numeric_limits<double>::digits10;
    std::string text = format(value, digits);
    while (std::strtod(text.c_str(), nullptr) != value && digits < std::numeric_limits<double>::max_digits10) {
        text = format(value, ++digits);
    }
    replaceFirst(text, decimalPoint(), ".");
    return text;
}

}  // namespace applivery::detail
