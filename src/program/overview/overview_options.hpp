/// @file
/// The options of `applivery-builds overview`.
#pragma once

#include "build_walk.hpp"
#include "command.hpp"
#include "output_format.hpp"

#include <applivery/clock.hpp>

#include <chrono>
#include <memory>

namespace applivery::program {

struct OverviewOptions {
    BuildSelection selection;       ///< Without `since`: the last 30 days.
    Format format = Format::table;  ///< Table, JSON, one line of JSON, or Markdown.
    bool comparesPrevious = false;  ///< Whether to compare with the period before.
    bool hasNoColor = false;
    bool isWatch = false;
    std::chrono::milliseconds interval = std::chrono::minutes{1};  ///< Time from one refresh of a watch to the next.
    std::shared_ptr<Clock> clock;                                  ///< Null: the system's clock.
};

[[nodiscard]] std::unique_ptr<Command> makeOverviewCommand();

}  // namespace applivery::program
