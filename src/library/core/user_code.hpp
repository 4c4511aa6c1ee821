/// @file
/// Calls functions of the user, and converts their exceptions to errors.
#pragma once

#include <applivery/result.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace applivery::detail {

/// Converts the exception that is being handled to an error.
/// @param name name of the function that threw the exception, for the message
[[nodiscard]] Error errorOfException(std::string_view name) noexcept;

/// Returns the error for std::bad_alloc. Does not allocate.
[[nodiscard]] Error outOfMemory() noexcept;

/// Calls a function of the user, and converts exceptions to errors. Returns a Result with the value. For a function
/// without a value, returns a std::optional with the error.
///
/// The error of an applivery::Exception is unchanged. Any other exception becomes an error of ErrorKind::connection.
/// @param name name of the function, for the message
template <typename F>
[[nodiscard]] auto invokeUserCode(std::string_view name, F&& function) noexcept {
    using Value = std::invoke_result_t<F>;
    if constexpr (std::is_void_v<Value>) {
        try {
            std::forward<F>(function)();
            return std::optional<Error>{};
        } catch (...) {
            return std::optional<Error>{errorOfException(name)};
        }
    } else {
        try {
            return Result<Value>{std::forward<F>(function)()};
        } catch (...) {
            return Result<Value>{errorOfException(name)};
        }
    }
}

}  // namespace applivery::detail
