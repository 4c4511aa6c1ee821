/// @file
/// Output to standard error: messages, errors and the status line. All functions are thread-safe. They ignore write
/// errors.
#pragma once

#include <applivery/error.hpp>

#include <string>
#include <string_view>

namespace applivery::program {

/// Shows or replaces the status line, shortened to the width of the terminal. Does nothing if standard error is no
/// terminal that can replace a line. Messages are printed above the status line.
void showStatus(std::string_view line);

/// Removes the status line.
void clearStatus();

/// Prints a line for people, after the name of the program.
void printMessage(std::string_view line);

/// Prints an error: a line for people, or a JSON object for programs.
void printError(const Error& error, bool asJson);

/// Prints a note in the same formats.
void printNote(std::string_view note, bool asJson);

/// Returns the JSON object of an error.
[[nodiscard]] std::string errorJson(const Error& error);

/// Prints text unchanged: commands for a CI system.
void writeRaw(std::string_view text);

}  // namespace applivery::program
