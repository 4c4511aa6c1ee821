/// @file
/// The decoder for comparison: a nlohmann/json document that is read into the same structs.
#pragma once

#include <applivery/build.hpp>

#include <string_view>
#include <vector>

namespace applivery::benchmarks {

/// Returns the builds of a body. @throws nlohmann's exceptions.
[[nodiscard]] std::vector<Build> decodeByDocument(std::string_view body);

}  // namespace applivery::benchmarks
