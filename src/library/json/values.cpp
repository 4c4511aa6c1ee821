#include "json/values.hpp"

#include "json/real_number.hpp"
#include "json/time.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace applivery::detail {
namespace {

std::optional<std::int64_t> toInteger(double number) {
    constexpr double bound = 9223372036854775808.0;  // 2^63
    if (!(number >= -bound && number < bound) || number != std::floor(number)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> parseInteger(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

// Parses an integer first, because this is faster.
std::optional<double> parseNumber(std::string_view text) {
    if (const auto integer = parseInteger(text)) return static_cast<double>(*integer);
    return parseReal(text);
}

template <typename T>
bool assignIfPresent(std::optional<T>& member, std::optional<T> value) {
    member = value;
    return value.has_value();
}

// Resets the member if the value is an empty string, which reads as absent. Returns whether the value is such a string.
template <typename T>
bool resetIfEmpty(std::optional<T>& member, const Scalar& value) {
    if (value.kind != Scalar::Kind::text || !value.text.empty()) return false;
    member.reset();
    return true;
}

}  // namespace

std::optional<int> toInt(std::optional<std::int64_t> number, int minimum) {
    if (!number || *number < minimum || *number > std::numeric_limits<int>::max()) return std::nullopt;
    return static_cast<int>(*number);
}

// ---- reading ----

std::string textOf(const Scalar& value) {
    if (value.kind == Scalar::Kind::boolean) return value.boolean ? "true" : "false";
    return std::string(value.text);
}

bool assign(std::optional<std::string>& member, const Scalar& value) {
    member = textOf(value);
    return true;
}

bool assign(std::string& member, const Scalar& value) {
    member = textOf(value);
    return true;
}

bool assign(std::vector<std::string>& member, const Scalar& value) {
    member.push_back(textOf(value));
    return true;
}

bool assign(std::optional<std::int64_t>& member, const Scalar& value) {
    if (resetIfEmpty(member, value)) return true;
    member.reset();
    if (value.kind == Scalar::Kind::boolean) return false;
    if (assignIfPresent(member, parseInteger(value.text))) return true;
    if (value.kind == Scalar::Kind::text) return false;
    const auto real = parseReal(value.text);  // such as 1e3 or 2.0
    return real && assignIfPresent(member, toInteger(*real));
}

bool assign(std::optional<double>& member, const Scalar& value) {
    if (resetIfEmpty(member, value)) return true;
    member.reset();
    return value.kind != Scalar::Kind::boolean && assignIfPresent(member, parseNumber(value.text));
}

bool assign(std::optional<bool>& member, const Scalar& value) {
    if (resetIfEmpty(member, value)) return true;
    member.reset();
    if (value.kind == Scalar::Kind::boolean) {
        member = value.boolean;
    } else if (value.kind == Scalar::Kind::text && (value.text == "true" || value.text == "false")) {
        member = value.text == "true";
    }
    return member.has_value();
}

bool assign(Flag& member, const Scalar& value) {
    member.isSet = value.kind == Scalar::Kind::boolean && value.boolean;
    return true;
}

bool assign(std::optional<std::chrono::system_clock::time_point>& member, const Scalar& value) {
    member.reset();
    if (value.kind == Scalar::Kind::text) member = parseTime(value.text);
    if (value.kind == Scalar::Kind::number) {
        const auto number = parseNumber(value.text);
        if (number) member = timeFromNumber(*number);
    }
    return value.kind != Scalar::Kind::boolean;
}

// ---- writing ----

void visit(const std::optional<std::string>& member, ScalarVisitor& visitor) {
    if (member) visitor.text(*member);
}

void visit(const std::string& member, ScalarVisitor& visitor) {
    visitor.text(member);
}

void visit(const std::vector<std::string>& member, ScalarVisitor& visitor) {
    for (const std::string& element : member) visitor.text(element);
}

void visit(const std::optional<std::int64_t>& member, ScalarVisitor& visitor) {
    if (member) visitor.integer(*member);
}

void visit(const std::optional<double>& member, ScalarVisitor& visitor) {
    if (member) visitor.real(*member);
}

void visit(const std::optional<bool>& member, ScalarVisitor& visitor) {
    if (member) visitor.boolean(*member);
}

void visit(const Flag& member, ScalarVisitor& visitor) {
    visitor.boolean(member.isSet);
}

void visit(const std::optional<std::chrono::system_clock::time_point>& member, ScalarVisitor& visitor) {
    if (member) visitor.text(formatTime(*member));
}

}  // namespace applivery::detail
