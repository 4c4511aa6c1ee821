/// @file
/// The way in which code that the user handed in is called: what it throws ends here, as an error.
#pragma once

#include <applivery/result.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace applivery::detail {

/// The error of the exception that is being handled. `who` threw it.
[[nodiscard]] Error errorOfException(std::string_view who) noexcept;

/// What is returned where memory is refused. Made without any.
[[nodiscard]] Error outOfMemory() noexcept;

/// Calls the function. What it throws comes back as an error of ErrorKind::connection, or as the error that an
/// applivery::Exception carries.
template <typename F>
[[nodiscard]] auto invokeUserCode(std::string_view who, F&& function) noexcept {
    using Value = std::invoke_result_t<F>;
    if constexpr (std::is_void_v<Value>) {
        try {
            std::forward<F>(function)();
            return std::optional<Error>{};
        } catch (...) {
            return std::optional<Error>{errorOfException(who)};
        }
    } else {
        try {
            return Result<Value>{std::forward<F>(function)()};
        } catch (...) {
            return Result<Value>{errorOfException(who)};
        }
    }
}

}  // namespace applivery::detail
