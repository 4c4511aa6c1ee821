/// @file
/// A parameter that takes any function of the user.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace applivery {

template <typename Signature>
class Callback;

/// Accepts a function: everything that `std::function` accepts, and callables that can be moved but not copied.
///
/// Made by an implicit conversion at the call. A null pointer, an empty `std::function` and a default-constructed
/// Callback are empty: nothing is called. May throw `std::bad_alloc`.
///
/// @snippet guide/snippets.cpp promise
template <typename R, typename... Args>
class Callback<R(Args...)> {
public:
    using Function = std::function<R(Args...)>;  ///< What it holds.

    /// @{
    /// Makes an empty one.
    Callback() noexcept = default;
    Callback(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
    /// @}

    /// Takes a copy of the callable, or the callable itself if it is a temporary.
    template <typename F,
              std::enable_if_t<
                  !std::is_same_v<std::decay_t<F>, Callback> && std::is_constructible_v<std::decay_t<F>, F> &&
                      (std::is_invocable_r_v<R, std::decay_t<F>&, Args...> || std::is_convertible_v<F, Function>),
                  int> = 0>
    Callback(F&& callable)  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload)
        : function_(copyable(std::forward<F>(callable))) {}

    /// Returns the function, of which copies share one callable if that cannot be copied.
    [[nodiscard]] Function release() && { return std::move(function_); }

private:
    template <typename F, typename = void>
    struct IsNullable : std::false_type {};
    template <typename F>
    struct IsNullable<F, std::void_t<decltype(std::declval<const F&>() == nullptr)>> : std::true_type {};

    template <typename F>
    static Function copyable(F&& callable) {
        using Callable = std::decay_t<F>;
        constexpr bool isMovable =
            !std::is_lvalue_reference_v<F> && std::is_class_v<Callable> && std::is_invocable_r_v<R, Callable&, Args...>;
        if constexpr (!isMovable || std::is_same_v<Callable, Function>) {
            return Function(std::forward<F>(callable));
        } else {
            // A lambda that holds a vector of unique pointers claims to be copyable, so no temporary is copied.
            if constexpr (IsNullable<Callable>::value && !std::is_empty_v<Callable>) {
                if (callable == nullptr) return nullptr;
            }
            return [shared = std::make_shared<Callable>(std::forward<F>(callable))](Args... args) -> R {
                if constexpr (std::is_void_v<R>) {
                    (void)(*shared)(std::forward<Args>(args)...);
                } else {
                    return (*shared)(std::forward<Args>(args)...);
                }
            };
        }
    }

    Function function_;
};

}  // namespace applivery
