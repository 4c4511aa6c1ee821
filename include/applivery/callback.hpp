/// @file
/// Defines Callback, the type of parameters that receive a function.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace applivery {

template <typename Signature>
class Callback;

/// Accepts every callable that std::function accepts, and callables that can be moved but not copied.
///
/// A Callback is created by an implicit conversion of the argument, which may throw std::bad_alloc. A null pointer, an
/// empty std::function and a default-constructed Callback are empty: no function is called.
///
/// @code
/// std::promise<applivery::Result<applivery::BuildPage>> promise;
/// auto page = promise.get_future();
/// client.listBuildsAsync(
///     {}, {}, {}, [promise = std::move(promise)](auto result) mutable { promise.set_value(std::move(result)); });
/// @endcode
template <typename R, typename... Args>
class Callback<R(Args...)> {
public:
    using Function = std::function<R(Args...)>;  ///< Type of release().

    /// @{
    /// Creates an empty Callback.
    Callback() noexcept = default;
    Callback(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
    /// @}

    /// Copies the callable, or moves it if it is an rvalue.
    template <typename F,
              std::enable_if_t<
                  !std::is_same_v<std::decay_t<F>, Callback> && std::is_constructible_v<std::decay_t<F>, F> &&
                      (std::is_invocable_r_v<R, std::decay_t<F>&, Args...> || std::is_convertible_v<F, Function>),
                  int> = 0>
    Callback(F&& callable)  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload)
        : function_(copyable(std::forward<F>(callable))) {}

    /// Returns the function. If the callable was moved, copies of the function share the callable.
    [[nodiscard]] Function release() && { return std::move(function_); }

private:
    // Whether a callable compares with nullptr. A lambda without captures does too, as a function pointer.
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
            // Rvalues are never copied. std::is_copy_constructible is true for a lambda that holds a vector of unique
            // pointers, although the copy does not compile.
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
