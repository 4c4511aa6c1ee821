/// @file
/// The options of `applivery-builds wait`.
#pragma once

#include "command.hpp"
#include "wait/ci_report.hpp"

#include <applivery/build_waiter.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

struct WaitCommandOptions {
    ConnectionOptions connection;
    BuildSelector selector;
    std::vector<Os> expectedSystems;  ///< Wait for one build of each system. Empty: wait for one build.
    WaitOptions limits;
    bool asJson = false;
    bool hasNoColor = false;     ///< Ignored: the output has no colors. Accepted because most commands accept it.
    std::optional<CiSystem> ci;  ///< Absent: detected from the environment.
    std::string envFile;         ///< File for the values of the result. Empty: none.
};

[[nodiscard]] std::unique_ptr<Command> makeWaitCommand();

}  // namespace applivery::program
