/// @file
/// Server text, made fit to be shown.
#pragma once

#include <applivery/export.hpp>

#include <string>
#include <string_view>

namespace applivery {

/// The text as one line that is safe to show in a terminal, a log and the output of a CI job.
///
/// Control characters, line breaks, characters that turn the direction of text, and bytes that are not UTF-8 are
/// escaped as `\n` or `\x1b` would be; what a CI runner would take for a command (`::error`, `##[error]`, `##vso[`)
/// gets a space in it. The texts of an Error are made fit by it already; those of a Build are as the service sent them.
[[nodiscard]] APPLIVERY_API std::string printable(std::string_view text);

}  // namespace applivery
