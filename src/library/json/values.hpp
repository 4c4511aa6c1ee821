/// @file
/// Converts between the scalars of JSON and the C++ types of the schema. Accepts the types of all versions of the
/// service, for example a number in a string.
#pragma once

#include <applivery/open_enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// Represents a JSON string, number or boolean.
struct Scalar {
    enum class Kind { text, number, boolean };
    Kind kind;
    std::string_view text{};  ///< The unescaped string, or the text of the number or boolean.
    bool boolean = false;
};

/// Represents a boolean that only the JSON value `true` sets.
struct Flag {
    bool isSet = false;
};

/// Returns a value of any type as a string.
[[nodiscard]] std::string textOf(const Scalar& value);

// Reading. Each function assigns the value, and returns false if the value has a wrong type or format.
bool assign(std::optional<std::string>& member, const Scalar& value);
bool assign(std::string& member, const Scalar& value);
bool assign(std::vector<std::string>& member, const Scalar& value);  ///< Appends an element.
bool assign(std::optional<std::int64_t>& member, const Scalar& value);
bool assign(std::optional<double>& member, const Scalar& value);
bool assign(std::optional<bool>& member, const Scalar& value);
bool assign(Flag& member, const Scalar& value);
bool assign(std::optional<std::chrono::system_clock::time_point>& member, const Scalar& value);

template <typename Enum>
bool assign(OpenEnum<Enum>& member, const Scalar& value) {
    member = OpenEnum<Enum>::fromText(textOf(value));
    return true;
}

/// Receives the scalars of a member: one, or each element of a list of strings.
class ScalarVisitor {
public:
    ScalarVisitor() = default;
    ScalarVisitor(const ScalarVisitor&) = delete;
    ScalarVisitor& operator=(const ScalarVisitor&) = delete;
    virtual ~ScalarVisitor() = default;

    virtual void text(std::string_view value) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void real(double value) = 0;
    virtual void boolean(bool value) = 0;
};

// Writing. An absent member has no scalars.
void visit(const std::optional<std::string>& member, ScalarVisitor& visitor);
void visit(const std::string& member, ScalarVisitor& visitor);
void visit(const std::vector<std::string>& member, ScalarVisitor& visitor);
void visit(const std::optional<std::int64_t>& member, ScalarVisitor& visitor);
void visit(const std::optional<double>& member, ScalarVisitor& visitor);
void visit(const std::optional<bool>& member, ScalarVisitor& visitor);
void visit(const Flag& member, ScalarVisitor& visitor);
void visit(const std::optional<std::chrono::system_clock::time_point>& member, ScalarVisitor& visitor);

template <typename Enum>
void visit(const OpenEnum<Enum>& member, ScalarVisitor& visitor) {
    visitor.text(member.text());
}

template <typename T>
bool isAbsent(const std::optional<T>& member) {
    return !member.has_value();
}
inline bool isAbsent(const std::string& member) {
    return member.empty();
}
inline bool isAbsent(const std::vector<std::string>& member) {
    return member.empty();
}
inline bool isAbsent(const Flag& member) {
    return !member.isSet;
}
template <typename Enum>
bool isAbsent(const OpenEnum<Enum>& member) {
    return member.text().empty();
}

inline bool operator==(const Flag& a, const Flag& b) {
    return a.isSet == b.isSet;
}

/// Converts a number. Returns std::nullopt if the number is less than `minimum`, or if an int cannot represent it.
[[nodiscard]] std::optional<int> toInt(std::optional<std::int64_t> number, int minimum);

}  // namespace applivery::detail
