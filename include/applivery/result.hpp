/// @file
/// A value, or the error that took its place: what `std::expected<T, Error>` offers and C++17 allows.
#pragma once

#include <applivery/error.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace applivery {

/// Holds a `T` or an Error. If there is no value, value() throws the exception of the error's kind. Nothing else
/// throws, except that a copy or move throws what that of a `T` throws, and a copy of an Error may throw
/// `std::bad_alloc`.
///
/// Of a temporary, value() and `*` give the value itself rather than a reference into what is about to end, so that
/// `for (const Build& build : client.listBuilds().value().items)` is safe. The arrow gives a pointer into it, as that
/// of `std::optional` does: use it within one expression.
///
/// A plain value with the thread-safety of a `std::variant`.
template <typename T>
class [[nodiscard]] Result {
    static_assert(!std::is_reference_v<T> && !std::is_void_v<T> && !std::is_same_v<std::decay_t<T>, Error>);

public:
    using value_type = T;      ///< What it holds where the call succeeded.
    using error_type = Error;  ///< What it holds else.

    /// @{
    /// Converts, so that a function returns either.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)
    /// @}

    /// @{
    /// Whether there is a value, and else an error.
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// The value, unchecked: only where has_value().
    [[nodiscard]] T& operator*() & noexcept { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const& noexcept { return std::get<0>(state_); }
    [[nodiscard]] T operator*() && { return std::move(std::get<0>(state_)); }
    [[nodiscard]] T* operator->() noexcept { return std::get_if<0>(&state_); }
    [[nodiscard]] const T* operator->() const noexcept { return std::get_if<0>(&state_); }
    /// @}

    /// @{
    /// The value. @throws the Exception of error().kind() where there is none.
    T& value() & { return ensureValue(), **this; }
    const T& value() const& { return ensureValue(), **this; }
    T value() && { return ensureValue(), *std::move(*this); }
    /// @}

    /// @{
    /// The error, unchecked: only where !has_value().
    [[nodiscard]] Error& error() & noexcept { return std::get<1>(state_); }
    [[nodiscard]] const Error& error() const& noexcept { return std::get<1>(state_); }
    [[nodiscard]] Error&& error() && noexcept { return std::move(std::get<1>(state_)); }
    /// @}

    /// @{
    /// The value, or else the fallback.
    template <typename U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(fallback));
    }
    template <typename U>
    [[nodiscard]] T value_or(U&& fallback) && {
        return has_value() ? std::move(**this) : static_cast<T>(std::forward<U>(fallback));
    }
    /// @}

    /// @{
    /// `Result<U>` of `function(value)`; the error passes through.
    template <typename F>
    [[nodiscard]] auto transform(F&& function) const& -> Result<std::decay_t<std::invoke_result_t<F, const T&>>> {
        if (!has_value()) return error();
        return std::forward<F>(function)(**this);
    }
    template <typename F>
    [[nodiscard]] auto transform(F&& function) && -> Result<std::decay_t<std::invoke_result_t<F, T&&>>> {
        if (!has_value()) return std::move(error());
        return std::forward<F>(function)(std::move(**this));
    }
    /// @}

    /// @{
    /// `function(value)`, itself a Result; the error passes through.
    template <typename F>
    [[nodiscard]] auto and_then(F&& function) const& -> std::decay_t<std::invoke_result_t<F, const T&>> {
        if (!has_value()) return error();
        return std::forward<F>(function)(**this);
    }
    template <typename F>
    [[nodiscard]] auto and_then(F&& function) && -> std::decay_t<std::invoke_result_t<F, T&&>> {
        if (!has_value()) return std::move(error());
        return std::forward<F>(function)(std::move(**this));
    }
    /// @}

    /// @{
    /// The value, or what `function(error)`, itself a Result, puts in its place.
    template <typename F>
    [[nodiscard]] Result or_else(F&& function) const& {
        if (has_value()) return *this;
        return std::forward<F>(function)(error());
    }
    template <typename F>
    [[nodiscard]] Result or_else(F&& function) && {
        if (has_value()) return std::move(*this);
        return std::forward<F>(function)(std::move(*this).error());
    }
    /// @}

    /// @{
    /// The value, or the Error `function(error)`.
    template <typename F>
    [[nodiscard]] Result transform_error(F&& function) const& {
        if (has_value()) return *this;
        return Error(std::forward<F>(function)(error()));
    }
    template <typename F>
    [[nodiscard]] Result transform_error(F&& function) && {
        if (has_value()) return std::move(*this);
        return Error(std::forward<F>(function)(std::move(*this).error()));
    }
    /// @}

private:
    void ensureValue() const {
        if (!has_value()) throwError(error());
    }

    std::variant<T, Error> state_;
};

}  // namespace applivery
