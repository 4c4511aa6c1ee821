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

/// Accepts a whole number from 1 in decimal, also with zeros in front.
[[nodiscard]] CLI::Validator atLeastOne();

/// Rejects empty text and text of white space only, which a variable of a CI job has if it is not set.
[[nodiscard]] CLI::Validator notEmpty();

/// Rejects a value of a flag, such as of `--all=false`: CLI11 would count the flag as given.
[[nodiscard]] CLI::Validator noValue();

/// Accepts the name of a file, and not `-`.
[[nodiscard]] CLI::Validator fileName();

/// Accepts a time, a date or an age, as parseWhen() reads it. Rejects a time in the future, except for a few minutes,
/// because the clocks of two machines may differ.
[[nodiscard]] CLI::Validator validTime(TimePoint now);

/// The value of `--fields` that prints all fields instead of builds.
inline constexpr const char* listOfFields = "help";

/// Accepts a name that columnFields() accepts. For `listOfFields`, throws an exception with which CLI11 prints all
/// fields.
[[nodiscard]] CLI::Validator fieldName();

/// Accepts what parseDuration() reads.
[[nodiscard]] CLI::Validator validDuration();

/// Accepts a validDuration() that is not shorter than the minimum.
[[nodiscard]] CLI::Validator atLeast(std::chrono::seconds minimum);

}  // namespace applivery::program
