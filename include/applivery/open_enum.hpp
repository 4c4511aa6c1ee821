/// @file
/// Enumerations of the service that may grow: the value where it is known, the service's text always.
#pragma once

#include <applivery/export.hpp>

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace applivery {

/// Where a build is in the service's processing (`status`). `processed` and `error` are final.
enum class BuildStatus { unknown, pending, inProgress, processed, error };

/// The operating system that a build is for (`os`).
enum class Os { unknown, ios, android, macos, windows };

/// How an iOS build is signed (`info.ios.mobileprovision.signingType`).
enum class SigningType { unknown, adHoc, development, enterprise, appStore };

/// @{
/// The service's own text for the value, such as `"in_progress"`; empty for `unknown`.
[[nodiscard]] APPLIVERY_API std::string_view toText(BuildStatus value) noexcept;
[[nodiscard]] APPLIVERY_API std::string_view toText(Os value) noexcept;
[[nodiscard]] APPLIVERY_API std::string_view toText(SigningType value) noexcept;
/// @}

/// @{
/// The value of the service's text: `enumFromText<Os>("ios")`. Absent for a text that is not known today.
template <typename Enum>
[[nodiscard]] std::optional<Enum> enumFromText(std::string_view text) noexcept;
template <>
[[nodiscard]] APPLIVERY_API std::optional<BuildStatus> enumFromText<BuildStatus>(std::string_view text) noexcept;
template <>
[[nodiscard]] APPLIVERY_API std::optional<Os> enumFromText<Os>(std::string_view text) noexcept;
template <>
[[nodiscard]] APPLIVERY_API std::optional<SigningType> enumFromText<SigningType>(std::string_view text) noexcept;
/// @}

namespace detail {
APPLIVERY_API std::ostream& print(std::ostream& out, std::string_view text);
}

/// Represents an enumeration's value as the service sent it. It compares with the enumerators and with text, converts
/// to the enumerator, as in `switch (build.status)`, and can be a key of an ordered or unordered map. A text that is
/// not known today is `unknown`, and text() returns it. If the service sent nothing, text() is empty.
template <typename Enum>
class OpenEnum {
public:
    OpenEnum() = default;
    /// A value, with the service's text for it.
    OpenEnum(Enum value) : value_(value), text_(toText(value)) {}  // NOLINT(google-explicit-constructor)

    /// What the service sent, whether it is known or not.
    [[nodiscard]] static OpenEnum fromText(std::string text) {
        OpenEnum result;
        result.value_ = enumFromText<Enum>(text).value_or(Enum::unknown);
        result.text_ = std::move(text);
        return result;
    }

    /// `unknown` for a text that is not known.
    [[nodiscard]] Enum value() const noexcept { return value_; }
    /// As the service sent it.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// value()
    operator Enum() const noexcept { return value_; }  // NOLINT(google-explicit-constructor): for switch

    /// @{
    /// Two of them compare by their text, one with an enumerator by its value.
    friend bool operator==(const OpenEnum& a, const OpenEnum& b) noexcept { return a.text_ == b.text_; }
    friend bool operator!=(const OpenEnum& a, const OpenEnum& b) noexcept { return !(a == b); }
    friend bool operator==(const OpenEnum& a, Enum b) noexcept { return a.value_ == b; }
    friend bool operator!=(const OpenEnum& a, Enum b) noexcept { return a.value_ != b; }
    friend bool operator==(Enum a, const OpenEnum& b) noexcept { return a == b.value_; }
    friend bool operator!=(Enum a, const OpenEnum& b) noexcept { return a != b.value_; }
    friend bool operator==(const OpenEnum& a, std::string_view b) noexcept { return a.text_ == b; }
    friend bool operator!=(const OpenEnum& a, std::string_view b) noexcept { return a.text_ != b; }
    friend bool operator==(std::string_view a, const OpenEnum& b) noexcept { return a == b.text_; }
    friend bool operator!=(std::string_view a, const OpenEnum& b) noexcept { return a != b.text_; }
    /// @}

    /// Prints text(), made printable().
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& value) {
        return detail::print(out, value.text_);
    }

private:
    Enum value_ = Enum::unknown;
    std::string text_{};
};

/// @{
/// Orders by the enumerator, and unknown texts among themselves by the text. The order agrees with `==`. A comparison
/// with an enumerator is by value. These are templates, so that neither side is converted.
template <typename Enum>
[[nodiscard]] bool operator<(const OpenEnum<Enum>& a, const OpenEnum<Enum>& b) noexcept {
    return a.value() != b.value() ? a.value() < b.value() : a.text() < b.text();
}
template <typename Enum>
[[nodiscard]] bool operator>(const OpenEnum<Enum>& a, const OpenEnum<Enum>& b) noexcept {
    return b < a;
}
template <typename Enum>
[[nodiscard]] bool operator<=(const OpenEnum<Enum>& a, const OpenEnum<Enum>& b) noexcept {
    return !(b < a);
}
template <typename Enum>
[[nodiscard]] bool operator>=(const OpenEnum<Enum>& a, const OpenEnum<Enum>& b) noexcept {
    return !(a < b);
}
/// @}

}  // namespace applivery

template <typename Enum>
struct std::hash<applivery::OpenEnum<Enum>> {
    std::size_t operator()(const applivery::OpenEnum<Enum>& value) const noexcept {
        return std::hash<std::string>{}(value.text());
    }
};
