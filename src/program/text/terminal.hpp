/// @file
/// What the program asks of the terminals that it may be connected to.
#pragma once

#include <cstddef>
#include <optional>

namespace applivery::program {

/// Takes the places of standard streams that are closed, so that no file of the program's gets one; what is written
/// there then fails.
void occupyStandardStreams();

/// Whether somebody may type on standard input.
[[nodiscard]] bool inputIsTerminal();

/// The width of standard output; absent where it is no terminal.
[[nodiscard]] std::optional<std::size_t> outputColumns();

/// Whether standard output is a terminal with colours, and nobody asked for none by `NO_COLOR`.
[[nodiscard]] bool outputHasColors();

/// Whether standard output is a terminal on which what was written can be written anew.
[[nodiscard]] bool outputIsScreen();

/// The height of standard output; the usual one where it is no terminal.
[[nodiscard]] std::size_t outputRows();

/// The width of standard error; absent where it is no terminal, or one on which no line can be written anew.
[[nodiscard]] std::optional<std::size_t> progressColumns();

}  // namespace applivery::program
