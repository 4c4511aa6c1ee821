/// @file
/// Counts the members of an aggregate, so that a test detects an added member.
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

/// Converts to any member. An optional takes the value.
struct Anything {
    template <typename T, typename = std::enable_if_t<!isOptional<T>>>
    operator T() const;  // NOLINT(google-explicit-constructor): and never defined
};

template <typename T, typename Indices, typename = void>
inline constexpr bool takes = false;
template <typename T, std::size_t... indices>
inline constexpr bool
    takes<T, std::index_sequence<indices...>, std::void_t<decltype(T{(static_cast<void>(indices), Anything{})...})>> =
        true;

template <typename T, std::size_t count = 0>
constexpr std::size_t memberCount() {
    if constexpr (takes<T, std::make_index_sequence<count + 1>>) {
        return memberCount<T, count + 1>();
    } else {
        return count;
    }
}

}  // namespace applivery::test
