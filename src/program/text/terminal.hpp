/// @file
/// Properties of the terminals that the standard streams may be connected to. For output, the pseudo terminal of a CI
/// job does not count as a terminal.
#pragma once

#include <cstddef>
#include <optional>

namespace applivery::program {

/// Opens the null device for each closed standard stream, so that no other file gets its descriptor. Writing to such a
/// stream fails. On Windows, also turns off the translation of line ends.
void prepareStandardStreams();

/// Returns whether standard input is a terminal.
[[nodiscard]] bool inputIsTerminal();

/// Returns the width of standard output; absent if it is no terminal.
[[nodiscard]] std::optional<std::size_t> outputColumns();

/// Returns whether standard output is a terminal with colors, and `NO_COLOR` is not set.
[[nodiscard]] bool outputHasColors();

/// Returns whether standard output is a terminal that can move the cursor.
[[nodiscard]] bool outputIsScreen();

/// Returns the height of standard output; 24 if it is no terminal.
[[nodiscard]] std::size_t outputRows();

/// Returns the width of standard error; absent if it is no terminal that can replace a line.
[[nodiscard]] std::optional<std::size_t> progressColumns();

}  // namespace applivery::program
