#include <applivery/open_enum.hpp>
#include <applivery/text.hpp>

#include <array>
#include <ostream>

namespace applivery {
namespace {

template <typename Enum>
struct Text {
    Enum value;
    std::string_view text;
};

constexpr std::array<Text<BuildStatus>, 4> statusTexts{{
    {BuildStatus::pending, "pending"},
    {BuildStatus::inProgress, "in_progress"},
    {BuildStatus::processed, "processed"},
    {BuildStatus::error, "error"},
}};

constexpr std::array<Text<Os>, 4> osTexts{{
    {Os::ios, "ios"},
    {Os::android, "android"},
    {Os::macos, "macos"},
    {Os::windows, "windows"},
}};

constexpr std::array<Text<SigningType>, 4> signingTexts{{
    {SigningType::adHoc, "ad-hoc"},
    {SigningType::development, "development"},
    {SigningType::enterprise, "enterprise"},
    {SigningType::appStore, "app-store"},
}};

template <typename Enum, std::size_t size>
std::string_view textIn(const std::array<Text<Enum>, size>& table, Enum value) noexcept {
    for (const auto& row : table) {
        if (row.value == value) return row.text;
    }
    return {};
}

template <typename Enum, std::size_t size>
std::optional<Enum> valueIn(const std::array<Text<Enum>, size>& table, std::string_view text) noexcept {
    for (const auto& row : table) {
        if (row.text == text) return row.value;
    }
    return std::nullopt;
}

}  // namespace

std::string_view toText(BuildStatus value) noexcept {
    return textIn(statusTexts, value);
}
std::string_view toText(Os value) noexcept {
    return textIn(osTexts, value);
}
std::string_view toText(SigningType value) noexcept {
    return textIn(signingTexts, value);
}

namespace detail {

std::ostream& print(std::ostream& out, std::string_view text) {
    return out << printable(text);
}

}  // namespace detail

template <>
std::optional<BuildStatus> enumFromText<BuildStatus>(std::string_view text) noexcept {
    return valueIn(statusTexts, text);
}

template <>
std::optional<Os> enumFromText<Os>(std::string_view text) noexcept {
    return valueIn(osTexts, text);
}

template <>
std::optional<SigningType> enumFromText<SigningType>(std::string_view text) noexcept {
    return valueIn(signingTexts, text);
}

}  // namespace applivery
