#include "json/values.hpp"

#include "json/real_number.hpp"
#include "json/time.hpp"

#include <charconv>
#include <cmath>
#include <limits>

namespace applivery::detail {
namespace {

std::optional<std::int64_t> wholeNumber(double number) {
    constexpr double bound = 9223372036854775808.0;  // 2^63
    if (!(number >= -bound && number < bound) || number != std::floor(number)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> wholeNumber(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::optional<double> realOrWholeNumber(std::string_view text) {
    if (const auto whole = wholeNumber(text)) return static_cast<double>(*whole);
    return realNumber(text);
}

template <typename T>
bool take(std::optional<T>& member, std::optional<T> value) {
    member = value;
    return value.has_value();
}

template <typename T>
bool takeEmptyText(std::optional<T>& member, const Scalar& value) {
    if (value.kind != Scalar::Kind::text || !value.text.empty()) return false;
    member.reset();
    return true;
}

}  // namespace

std::optional<int> asInt(std::optional<std::int64_t> number, int least) {
    if (!number || *number < least || *number > std::numeric_limits<int>::max()) return std::nullopt;
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
    if (takeEmptyText(member, value)) return true;
    member.reset();
    if (value.kind == Scalar::Kind::boolean) return false;
    if (take(member, wholeNumber(value.text)) || value.kind == Scalar::Kind::text) return member.has_value();
    const auto real = realNumber(value.text);
    return real && take(member, wholeNumber(*real));
}

bool assign(std::optional<double>& member, const Scalar& value) {
    if (takeEmptyText(member, value)) return true;
    member.reset();
    return value.kind != Scalar::Kind::boolean && take(member, realOrWholeNumber(value.text));
}

bool assign(std::optional<bool>& member, const Scalar& value) {
    if (takeEmptyText(member, value)) return true;
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
        const auto number = realOrWholeNumber(value.text);
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
