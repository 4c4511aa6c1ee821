/// @file
/// Between JSON's scalars and the C++ types of the schema's members: what is read into each, and how each is written.
/// Either form of a type that drifted between versions of the service is read.
#pragma once

#include <applivery/open_enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace applivery::detail {

/// A JSON string, number or boolean, as the parser found it.
struct Scalar {
    enum class Kind { text, number, boolean };
    Kind kind;
    std::string_view text{};  ///< The string, without its escapes; the number as it was written.
    bool boolean = false;
};

/// Whether `true` came; nothing else counts as it.
struct Flag {
    bool isSet = false;
};

/// As text, whatever it was.
[[nodiscard]] std::string textOf(const Scalar& value);

// Reading. `false`: not a form that the type can have.
bool assign(std::optional<std::string>& member, const Scalar& value);
bool assign(std::string& member, const Scalar& value);
bool assign(std::vector<std::string>& member, const Scalar& value);  ///< Adds an element.
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

/// Takes the scalars of a member that is present: one, or of a list of texts each.
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

// Writing. A member that is absent has no scalar.
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

/// Absent where it is less than `least` or no int.
[[nodiscard]] std::optional<int> asInt(std::optional<std::int64_t> number, int least);

}  // namespace applivery::detail
