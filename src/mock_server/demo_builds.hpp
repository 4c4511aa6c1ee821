/// @file
/// A dozen builds that look like a real app's, for a demonstration's table.
#pragma once

#include "mock_server/mock_build.hpp"

#include <string>
#include <vector>

namespace applivery::mock {

/// The build of the service's reference page, word for word: every field of the schema, with placeholders as values.
[[nodiscard]] const std::string& publishedBuildJson();

/// Releases, betas, a failure, one in progress and one pending, on iOS, Android and macOS; newest first. The last and
/// oldest is the published one, which keeps its own dates.
[[nodiscard]] std::vector<MockBuild> demoBuilds(Time newest = newestTime);

}  // namespace applivery::mock
