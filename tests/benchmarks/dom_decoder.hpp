/// @file
/// What the decoder is measured against: nlohmann/json's document, read into the same structs.
#pragma once

#include <applivery/build.hpp>

#include <string_view>
#include <vector>

namespace applivery::benchmarks {

/// The builds of a body. @throws nlohmann's exceptions.
[[nodiscard]] std::vector<Build> decodeByDocument(std::string_view body);

}  // namespace applivery::benchmarks
