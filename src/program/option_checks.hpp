/// @file
/// Checks of the values of options, for CLI11.
#pragma once

#include "text/time_text.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace applivery::program {

/// The type of an option whose value is a file, as `--help` shows it.
inline constexpr const char* fileTypeName = "FILE";

/// Accepts one of the texts, also with `-` for `_`. The error suggests the nearest text.
[[nodiscard]] CLI::Validator oneOf(std::vector<std::string> texts);

/// Accepts a decimal whole number of at least 1, also with leading zeros.
[[nodiscard]] CLI::Validator atLeastOne();

/// Rejects empty text and text of only white space. An option has such a value if the CI job uses a variable that is
/// not set.
[[nodiscard]] CLI::Validator notEmpty();

/// Rejects a value of a flag, such as of `--all=false`: CLI11 would count the flag as given.
[[nodiscard]] CLI::Validator noValue();

/// Rejects `-`, because the option needs the name of a file.
[[nodiscard]] CLI::Validator fileName();

/// Accepts a time, a date or an age, as parseWhen() reads it. Rejects a time more than five minutes in the future.
/// These minutes allow for a difference between the clocks of two machines.
[[nodiscard]] CLI::Validator validTime(TimePoint now);

/// The value of `--fields` that prints all fields instead of builds.
inline constexpr const char* listOfFields = "help";

/// Accepts a name that columnFields() accepts. For `listOfFields`, throws an exception with which CLI11 prints all
/// fields.
[[nodiscard]] CLI::Validator fieldName();

/// Accepts a duration that parseDuration() can read.
[[nodiscard]] CLI::Validator validDuration();

/// Rejects a duration that is shorter than the minimum. Accepts text that is not a duration: add validDuration() too.
[[nodiscard]] CLI::Validator atLeast(std::chrono::seconds minimum);

}  // namespace applivery::program
