/// @file
/// The stages of the processing of a build.
#pragma once

#include "mock_server/mock_build.hpp"

#include <string>

namespace applivery::mock {

/// @{
/// Returns the build in its next stage. `updatedAt` is `now`, and the times are counted in whole seconds until `now`.
///
/// - A build in progress has `queuedTime`.
/// - A processed build also has `info` and `processTime`.
/// - A failed build has `processTime`, `error` and `errorCode`, but no `info`.
[[nodiscard]] MockBuild inProgress(const MockBuild& build, Time now);
[[nodiscard]] MockBuild processed(const MockBuild& build, Time now);
[[nodiscard]] MockBuild failed(const MockBuild& build, Time now, const std::string& error,
                               const std::string& errorCode);
/// @}

}  // namespace applivery::mock
