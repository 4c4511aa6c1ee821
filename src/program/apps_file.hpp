/// @file
/// The file of `--apps-file`.
#pragma once

#include <applivery/result.hpp>

#include <string>
#include <vector>

namespace applivery::program {

/// Reads ids or slugs of apps, one per line, without white space around them. Skips empty lines and lines that begin
/// with `#`.
/// @param path `-` for standard input.
/// @return an error if the file cannot be read, or names no app; of the kind `cancelled` if a signal arrived.
[[nodiscard]] Result<std::vector<std::string>> readAppsFile(const std::string& path);

}  // namespace applivery::program
