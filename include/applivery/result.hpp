/// @file
/// Defines Result, a value or an Error: the C++17 subset of std::expected<T, Error>.
#pragma once

#include <applivery/error.hpp>

#include <type_traits>
#include <utility>
#include <variant>

namespace applivery {

/// Holds the value of a successful operation, or the Error of a failed one.
///
/// Check the result before you access the value, or use value(), which throws if there is none.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds();
/// if (!page) {
///     std::cerr << page.error() << '\n';
///     return 1;
/// }
/// for (const applivery::Build& build : page->items) std::cout << build << '\n';
/// @endcode
///
/// Of an rvalue, value() and `*` return the value itself, not a reference. A range-based `for` over
/// `client.listBuilds().value().items` is therefore safe. Of an rvalue, the pointer that `->` returns is valid only
/// until the end of the full expression.
///
/// Only value() throws an Exception. Copying and moving throw what the same operation of `T` throws; copying an Error
/// may throw std::bad_alloc. Thread-safe as std::variant is: concurrent reads need no synchronization.
///
/// @tparam T the type of the value: not a reference, not void, not Error.
template <typename T>
class [[nodiscard]] Result {
    static_assert(!std::is_reference_v<T> && !std::is_void_v<T> && !std::is_same_v<std::decay_t<T>, Error>);

public:
    using value_type = T;      ///< Type of the value.
    using error_type = Error;  ///< Type of the error.

    /// @{
    /// Creates a result from a value or an error. The conversion is implicit, so that a function can return either.
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)
    /// @}

    /// @{
    /// Returns whether there is a value. If not, there is an error.
    [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// Returns the value. The behaviour is undefined if there is none.
    [[nodiscard]] T& operator*() & noexcept { return std::get<0>(state_); }
    [[nodiscard]] const T& operator*() const& noexcept { return std::get<0>(state_); }
    [[nodiscard]] T operator*() && { return std::move(std::get<0>(state_)); }
    [[nodiscard]] T* operator->() noexcept { return std::get_if<0>(&state_); }
    [[nodiscard]] const T* operator->() const noexcept { return std::get_if<0>(&state_); }
    /// @}

    /// @{
    /// Returns the value. If there is none, throws the exception of the error's kind, such as AuthenticationError.
    T& value() & { return ensureValue(), **this; }
    const T& value() const& { return ensureValue(), **this; }
    T value() && { return ensureValue(), *std::move(*this); }
    /// @}

    /// @{
    /// Returns the error. The behaviour is undefined if there is none.
    [[nodiscard]] Error& error() & noexcept { return std::get<1>(state_); }
    [[nodiscard]] const Error& error() const& noexcept { return std::get<1>(state_); }
    [[nodiscard]] Error&& error() && noexcept { return std::move(std::get<1>(state_)); }
    /// @}

    /// @{
    /// Returns the value, or the fallback if there is none.
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
    /// Returns `function(value)` as a Result. If there is no value, returns the error.
    ///
    /// @code
    /// const applivery::Result<std::size_t> count =
    ///     client.listBuilds().transform([](const applivery::BuildPage& page) { return page.items.size(); });
    /// @endcode
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
    /// Returns `function(value)`, which must be a Result. If there is no value, returns the error.
    ///
    /// @code
    /// const auto newest = [](const applivery::BuildPage& page) -> applivery::Result<applivery::Build> {
    ///     if (!page.items.empty()) return page.items.front();
    ///     return applivery::Error(applivery::ErrorKind::notFound, "listing builds failed: the app has no builds.");
    /// };
    /// const applivery::Result<applivery::Build> build = client.listBuilds().and_then(newest);
    /// @endcode
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
    /// Returns the value. If there is none, returns `function(error)`, which must be a Result of the same type.
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
    /// Returns the value. If there is none, returns the Error `function(error)`.
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
