/// @file
/// The apps of `--apps-file`.
#pragma once

#include <applivery/result.hpp>

#include <string>
#include <vector>

namespace applivery::program {

/// An id or slug a line, without the space around it; empty lines and those that begin with `#` are none.
/// @param path `-` for standard input.
/// @return a failure where it cannot be read, or names no app.
[[nodiscard]] Result<std::vector<std::string>> readAppsFile(const std::string& path);

}  // namespace applivery::program
