/// @file
/// What the program says on standard error.
#pragma once

#include <applivery/error.hpp>

#include <string>
#include <string_view>

namespace applivery::program {

/// The line of a terminal that is written anew; what is said meanwhile goes above it. Only a terminal that can do so
/// has one, as wide as it is at the time. These, and say(), are safe to call from many threads at once.
void showStatus(std::string_view line);
void clearStatus();

/// A line for people. A standard error that cannot be written to is no reason to fail.
void say(std::string_view line);

/// What failed: a line for people, or a JSON object for programs.
void sayError(const Error& error, bool asJson);

/// The same, as a JSON object.
[[nodiscard]] std::string errorJson(const Error& error);

/// Text as it is, on standard error: for who reads it as commands.
void writeRaw(std::string_view text);

/// What is to be known besides: in the same forms.
void sayNote(std::string_view note, bool asJson);

}  // namespace applivery::program
