/// @file
/// The example build of the service's documentation.
#pragma once

#include <string>

namespace applivery::mock {

/// Returns the build of the service's reference page, word for word. The build has every field of the schema, with
/// placeholders as values.
[[nodiscard]] const std::string& publishedBuildJson();

}  // namespace applivery::mock
