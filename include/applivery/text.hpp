/// @file
/// Server text, made fit to be shown, and to be kept.
#pragma once

#include <applivery/export.hpp>

#include <string>
#include <string_view>

namespace applivery {

/// The text as one line that is safe to show in a terminal, a log and the output of a CI job.
///
/// Control characters, line breaks, characters that turn the direction of text, and bytes that are not UTF-8 are
/// escaped as `\n` or `\x1b` would be; what a CI runner would take for a command (such as `##[error]` or `##vso[`)
/// gets a space in it. The texts of an Error are made fit by it already; those of a Build are as the service sent them.
[[nodiscard]] APPLIVERY_API std::string printable(std::string_view text);

/// Returns the text with `[redacted]` in place of the token. Finds the token also if it is written as in JSON, a URL or
/// HTML, encoded in base64 alone or as a part of a longer text, broken by white space, or cut off by the end of the
/// text. Use this for what is kept of requests and responses. A token of less than six characters is left in: it is no
/// secret, and a mask would garble honest text.
[[nodiscard]] APPLIVERY_API std::string redacted(std::string_view text, std::string_view token);

}  // namespace applivery
