#include "json/field.hpp"

#include "json/time.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace applivery::detail {
namespace {

std::optional<std::int64_t> wholeNumber(double number) {
    constexpr double bound = 9.2e18;  // below 2^63, so that the conversion is defined
    if (!(std::fabs(number) < bound) || number != std::floor(number)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> wholeNumber(const std::string& text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc{} || stop != end) return std::nullopt;
    return number;
}

// Only what JSON itself would call a number: strtod alone reads more, and by the locale.
std::optional<double> realNumber(const std::string& text) {
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string::npos) return std::nullopt;
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (*end != '\0' || !std::isfinite(number)) return std::nullopt;
    return number;
}

template <typename T>
bool take(std::optional<T>& member, std::optional<T> value) {
    member = value;
    return value.has_value();
}

}  // namespace

std::optional<int> asInt(std::optional<std::int64_t> number, int least) {
    if (!number || *number < least || *number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

std::string takeText(Scalar& value) {
    switch (value.kind) {
        case Scalar::Kind::integer:
            return std::to_string(value.integer);
        case Scalar::Kind::boolean:
            return value.boolean ? "true" : "false";
        case Scalar::Kind::text:
        case Scalar::Kind::real:
            break;
    }
    // What is copied has just the size that it needs, and leaves the parser a buffer that need not grow again.
    constexpr std::size_t worthMoving = 4096;
    if (value.text->size() < worthMoving) return *value.text;
    return std::move(*value.text);
}

bool assign(std::optional<std::string>& member, Scalar& value) {
    member = takeText(value);
    return true;
}

bool assign(std::string& member, Scalar& value) {
    member = takeText(value);
    return true;
}

bool assign(std::vector<std::string>& member, Scalar& value) {
    member.push_back(takeText(value));
    return true;
}

bool assign(std::optional<std::int64_t>& member, Scalar& value) {
    switch (value.kind) {
        case Scalar::Kind::integer:
            member = value.integer;
            return true;
        case Scalar::Kind::real:
            return take(member, wholeNumber(value.real));
        case Scalar::Kind::text:
            member.reset();
            return value.text->empty() || take(member, wholeNumber(*value.text));
        case Scalar::Kind::boolean:
            break;
    }
    return false;
}

bool assign(std::optional<double>& member, Scalar& value) {
    switch (value.kind) {
        case Scalar::Kind::integer:
            member = static_cast<double>(value.integer);
            return true;
        case Scalar::Kind::real:
            member = value.real;
            return true;
        case Scalar::Kind::text:
            member.reset();
            return value.text->empty() || take(member, realNumber(*value.text));
        case Scalar::Kind::boolean:
            break;
    }
    return false;
}

bool assign(std::optional<bool>& member, Scalar& value) {
    member.reset();
    if (value.kind == Scalar::Kind::boolean) {
        member = value.boolean;
    } else if (value.kind == Scalar::Kind::text && (*value.text == "true" || *value.text == "false")) {
        member = *value.text == "true";
    } else {
        return value.kind == Scalar::Kind::text && value.text->empty();
    }
    return true;
}

bool assign(Flag& member, Scalar& value) {
    member.isSet = value.kind == Scalar::Kind::boolean && value.boolean;
    return true;
}

bool assign(std::optional<std::chrono::system_clock::time_point>& member, Scalar& value) {
    member.reset();
    if (value.kind == Scalar::Kind::text) member = parseTime(*value.text);
    if (value.kind == Scalar::Kind::integer) member = timeFromNumber(value.integer);
    return value.kind == Scalar::Kind::text || value.kind == Scalar::Kind::integer;
}

}  // namespace applivery::detail
