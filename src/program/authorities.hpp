/// @file
/// The certificate authorities of the system, for a libcurl that has no location of them.
#pragma once

#include <string>
#include <vector>

namespace applivery::program {

/// Returns the first of the files that can be read; empty if none can be read.
[[nodiscard]] std::string firstReadableFile(const std::vector<std::string>& files);

/// Returns the file of the system's authorities if libcurl was built without a location of them, as for programs that
/// run on every distribution. Returns an empty text if libcurl has a location, or if no file is found.
[[nodiscard]] std::string authoritiesOfSystem();

}  // namespace applivery::program
