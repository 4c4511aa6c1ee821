/// @file
/// `applivery-builds overview`: how things stand with each app and system, once or again and again.
#pragma once

#include "build_walk.hpp"
#include "list/build_writer.hpp"

#include <applivery/clock.hpp>

#include <chrono>
#include <memory>

namespace applivery::program {

struct OverviewOptions {
    BuildSelection selection;       ///< Where it does not say since when: the last 30 days.
    Format format = Format::table;  ///< Or json, or markdown.
    bool hasNoColor = false;
    bool isWatch = false;
    std::chrono::milliseconds interval = std::chrono::minutes{1};  ///< Of a watch, from reading to reading.
    std::shared_ptr<Clock> clock;                                  ///< Null: the machine's.
};

/// Of a watch: until when to leave the service alone, so that it is asked no more often than it allows in an hour.
/// @param requests that the last reading took.
[[nodiscard]] std::chrono::milliseconds intervalOf(const OverviewOptions& options, int requests);

/// @return the exit code.
[[nodiscard]] int overview(const OverviewOptions& options);

}  // namespace applivery::program
