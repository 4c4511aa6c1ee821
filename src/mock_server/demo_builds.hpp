/// @file
/// A dozen realistic builds for demonstrations.
#pragma once

#include "mock_server/mock_build.hpp"

#include <vector>

namespace applivery::mock {

/// Returns builds for iOS, Android and macOS, newest first: releases, betas, a failed build, a build in progress and a
/// pending build. The last build is publishedBuildJson(), with dates of its own.
[[nodiscard]] std::vector<MockBuild> demoBuilds(Time newest = newestTime);

}  // namespace applivery::mock
