/// @file
/// Makes text of the service safe to display and to store.
#pragma once

#include <applivery/export.hpp>

#include <string>
#include <string_view>

namespace applivery {

/// Returns the text as one line that is safe to display in a terminal, a log, or a CI job.
///
/// - Escapes control characters, line breaks, characters that change the direction of text, and bytes that are not
///   UTF-8. The escapes have the form of `\n` and `\x1b`.
/// - Inserts a space into text that a CI runner would execute as a command, such as `##vso[` or `##teamcity[`.
///
/// Text of the server in Error::message() is already safe. Error::apiData() and the texts of a Build are not.
///
/// @code
/// std::cout << applivery::printable(build.changelog.value_or("no changelog")) << '\n';
/// @endcode
[[nodiscard]] APPLIVERY_API std::string printable(std::string_view text);

/// Returns the text with each occurrence of the token replaced by `[redacted]`.
///
/// Use this function for requests and responses that are stored. The function also finds a token that is
///
/// - escaped as in JSON, a URL or HTML,
/// - encoded in base64, alone or as a part of a longer text,
/// - broken by white space,
/// - cut off by the end of the text.
///
/// A token of fewer than six characters is not replaced: it is no secret, and its text may occur by chance.
///
/// @code
/// file << applivery::redacted(response.body, token) << '\n';
/// @endcode
[[nodiscard]] APPLIVERY_API std::string redacted(std::string_view text, std::string_view token);

}  // namespace applivery
