/// @file
/// What the options of the command line may be, as checks for CLI11.
#pragma once

#include "text/time_text.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace applivery::program {

/// One of the texts, with `-` for `_` too; the refusal names the nearest.
[[nodiscard]] CLI::Validator oneOf(std::vector<std::string> texts);

/// A whole number from 1, in decimal whatever its first digit.
[[nodiscard]] CLI::Validator atLeastOne();

/// Any text but none, which is what an unset variable of a CI job gives.
[[nodiscard]] CLI::Validator notEmpty();

/// A name of a file, and not `-`.
[[nodiscard]] CLI::Validator fileName();

/// A time, a date or an age, as parseWhen() reads it.
[[nodiscard]] CLI::Validator when(TimePoint now);

/// A name of fieldNames().
[[nodiscard]] CLI::Validator fieldName();

/// How long, as parseDuration() reads it.
[[nodiscard]] CLI::Validator duration();

/// A duration() that is not shorter.
[[nodiscard]] CLI::Validator atLeast(std::chrono::seconds shortest);

}  // namespace applivery::program
