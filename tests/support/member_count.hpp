/// @file
/// Counts the members of an aggregate, so that a test detects a new member.
#pragma once

#include <applivery/boxed_optional.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace applivery::test {

template <typename T>
inline constexpr bool isOptional = false;
template <typename T>
inline constexpr bool isOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool isOptional<BoxedOptional<T>> = true;

/// Converts to the type of any member. An optional member is constructed from its value, because a second conversion
/// to the optional itself would be ambiguous.
struct Anything {
    template <typename T, typename = std::enable_if_t<!isOptional<T>>>
    operator T() const;  // NOLINT(google-explicit-constructor): and never defined
};

template <typename T, typename Indices, typename = void>
inline constexpr bool hasMembersFor = false;
template <typename T, std::size_t... indices>
inline constexpr bool hasMembersFor<T, std::index_sequence<indices...>,
                                    std::void_t<decltype(T{(static_cast<void>(indices), Anything{})...})>> = true;

template <typename T, std::size_t count = 0>
constexpr std::size_t memberCount() {
    if constexpr (hasMembersFor<T, std::make_index_sequence<count + 1>>) {
        return memberCount<T, count + 1>();
    } else {
        return count;
    }
}

}  // namespace applivery::test
