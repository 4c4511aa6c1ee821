/// @file
/// Reads the file of `--apps-file`, which lists apps.
#pragma once

#include <applivery/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace applivery::program {

/// Holds an app that a line of the file lists.
struct ListedApp {
    std::string app;   ///< Id or slug.
    std::string name;  ///< Name to show; empty if the line has none.
};

/// Parses the text of the file. Each line has an id or slug, and optionally white space and a name to show. Skips empty
/// lines and lines that begin with `#`.
/// @return an error that names the line, such as `line 3: …`, for
/// - an app with a character other than letters, digits and `-._~`,
/// - a name that is not UTF-8, has a control character, or takes more than 100 columns,
/// - an app that has another name on an earlier line.
[[nodiscard]] Result<std::vector<ListedApp>> parseApps(std::string_view text);

/// Reads and parses the file.
/// @param path `-` for standard input.
/// @return an error if the file cannot be read, is too long, names no app, or has an invalid line. If a signal arrived,
/// the kind of the error is `cancelled`.
[[nodiscard]] Result<std::vector<ListedApp>> readAppsFile(const std::string& path);

}  // namespace applivery::program
