#include "recording/number_limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <tuple>

namespace applivery::program {
namespace {

constexpr std::string_view nonzero = "123456789";

bool isDecimal(char c) {
    return c >= '0' && c <= '9';
}

/// The magnitude of a number: 0.DIGITS times ten to the power of `decade`. Digits do not begin or end in a zero.
struct Magnitude {
    int decade = 0;
    std::string digits{};

    friend bool operator==(const Magnitude& a, const Magnitude& b) {
        return a.decade == b.decade && a.digits == b.digits;
    }
    friend bool operator<(const Magnitude& a, const Magnitude& b) {
        return std::tie(a.decade, a.digits) < std::tie(b.decade, b.digits);
    }
};

int exponentOf(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    constexpr int maxExponent = 100'000;  // beyond all limits
    int exponent = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (parsed.ec == std::errc::result_out_of_range) return text.front() == '-' ? -maxExponent : maxExponent;
    return std::clamp(exponent, -maxExponent, maxExponent);
}

// Also accepts text that is no valid number, such as `1-2`.
Magnitude magnitudeOf(std::string_view text) {
    Magnitude magnitude;
    const std::size_t end = std::min(text.find_first_of("eE"), text.size());
    const std::size_t point = std::min(text.find('.'), end);
    for (std::size_t i = 0; i < end; ++i) {
        if (!isDecimal(text[i]) || (text[i] == '0' && magnitude.digits.empty() && i < point)) continue;
        if (i < point) ++magnitude.decade;
        if (text[i] == '0' && magnitude.digits.empty()) {
            --magnitude.decade;
        } else {
            magnitude.digits += text[i];
        }
    }
    if (end < text.size()) magnitude.decade += exponentOf(text.substr(end + 1));
    magnitude.digits.erase(magnitude.digits.find_last_of(nonzero) + 1);
    return magnitude.digits.empty() ? Magnitude() : magnitude;
}

const std::array<Magnitude, 6>& limits() {
    static const std::array<Magnitude, 6> limits{
        magnitudeOf("2147483648"),            // 2^31
        magnitudeOf("4294967296"),            // 2^32
        magnitudeOf("9007199254740992"),      // 2^53
        magnitudeOf("9223372036854775808"),   // 2^63
        magnitudeOf("18446744073709551616"),  // 2^64
        magnitudeOf("1.7976931348623158079e308"),
    };
    return limits;
}

// Returns a number for the range: -1 for zero, an odd number for a limit, and an even number between two limits.
int rangeOf(std::string_view text) {
    const Magnitude magnitude = magnitudeOf(text);
    if (magnitude.digits.empty()) return -1;
    int range = 0;
    for (const Magnitude& limit : limits()) {
        if (limit < magnitude) range += 2;
        if (limit == magnitude) range += 1;
    }
    return range;
}

// Returns the replacement with these digits in place of the number's first digits after leading zeros.
std::string withFirstDigits(std::string_view number, std::string replacement, std::string_view digits) {
    const std::size_t first = std::min(number.find_first_of(nonzero), number.size());
    const std::size_t end = std::min(number.find_first_of("eE"), number.size());
    for (std::size_t i = 0; i < end && !digits.empty(); ++i) {
        if (!isDecimal(number[i])) continue;
        if (i < first) {
            replacement[i] = '0';
        } else {
            replacement[i] = digits.front();
            digits.remove_prefix(1);
        }
    }
    return replacement;
}

}  // namespace

std::string inRangeOf(std::string_view number, std::string replacement) {
    const int range = rangeOf(number);
    if (rangeOf(replacement) == range) return replacement;
    for (const std::string_view digits : {"1", "3", "99"}) {  // one of them fits each range
        std::string candidate = withFirstDigits(number, replacement, digits);
        if (rangeOf(candidate) == range) return candidate;
    }
    return std::string(number);
}

}  // namespace applivery::program
