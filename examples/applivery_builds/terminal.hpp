/// @file
/// What the program asks of the terminals that it may be connected to.
#pragma once

#include <cstddef>
#include <optional>

namespace applivery::program {

/// The width of standard output; absent where it is no terminal.
[[nodiscard]] std::optional<std::size_t> outputColumns();

/// The width of standard error; absent where it is no terminal, or one on which no line can be written anew.
[[nodiscard]] std::optional<std::size_t> progressColumns();

}  // namespace applivery::program
