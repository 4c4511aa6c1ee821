/// @file
/// Defines the enumerations of the service, and OpenEnum, which also holds values that the library does not list.
#pragma once

#include <applivery/export.hpp>

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace applivery {

/// Lists the processing states of a build (`status`). `processed` and `error` are final.
enum class BuildStatus { unknown, pending, inProgress, processed, error };

/// Lists the operating systems of builds (`os`).
enum class Os { unknown, ios, android, macos, windows };

/// Lists the ways to sign an iOS build (`info.ios.mobileprovision.signingType`).
enum class SigningType { unknown, adHoc, development, enterprise, appStore };

/// @{
/// Returns the service's text for the value, such as `"in_progress"`. The text of `unknown` is empty.
[[nodiscard]] APPLIVERY_API std::string_view toText(BuildStatus value) noexcept;
[[nodiscard]] APPLIVERY_API std::string_view toText(Os value) noexcept;
[[nodiscard]] APPLIVERY_API std::string_view toText(SigningType value) noexcept;
/// @}

/// @{
/// Returns the value of a text of the service, or std::nullopt if no enumerator has this text.
///
/// @code
/// const std::optional<applivery::Os> os = applivery::enumFromText<applivery::Os>("ios");
/// @endcode
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

/// Represents a value of an enumeration as the service sent it.
///
/// The service may add values. A text without an enumerator has the value `unknown`, and text() returns the text. If
/// the service sent nothing, the value is `unknown` and text() is empty.
///
/// An OpenEnum compares with enumerators and with text, and converts to the enumerator, as in `switch`. It can be a key
/// of an ordered or unordered map.
///
/// @code
/// if (build.status == applivery::BuildStatus::processed) std::cout << "ready to install\n";
/// if (build.status == applivery::BuildStatus::unknown) std::cout << "new status: " << build.status << '\n';
/// @endcode
///
/// @tparam Enum the enumeration: BuildStatus, Os or SigningType.
template <typename Enum>
class OpenEnum {
public:
    /// Creates the value `unknown` with an empty text.
    OpenEnum() = default;
    /// Creates a value with the service's text for it.
    OpenEnum(Enum value) : value_(value), text_(toText(value)) {}  // NOLINT(google-explicit-constructor)

    /// Creates a value from a text of the service.
    [[nodiscard]] static OpenEnum fromText(std::string text) {
        OpenEnum result;
        result.value_ = enumFromText<Enum>(text).value_or(Enum::unknown);
        result.text_ = std::move(text);
        return result;
    }

    /// Returns the enumerator; `unknown` if no enumerator has the text.
    [[nodiscard]] Enum value() const noexcept { return value_; }
    /// Returns the text that the service sent.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// Returns value().
    operator Enum() const noexcept { return value_; }  // NOLINT(google-explicit-constructor): for switch

    /// @{
    /// Compares two objects by their texts. Compares an object with an enumerator by value(), and with a text by
    /// text().
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

    /// Prints printable(text()).
    friend std::ostream& operator<<(std::ostream& out, const OpenEnum& value) {
        return detail::print(out, value.text_);
    }

private:
    Enum value_ = Enum::unknown;
    std::string text_{};
};

/// @{
/// Compares by value(), and by text() if the values are equal. The order is consistent with `==`.
///
/// These operators accept no enumerator. In a comparison with an enumerator, the object converts to value().
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
