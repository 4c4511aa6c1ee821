/// @file
/// `applivery-builds wait`: until a build is processed, with a verdict that a CI job can act on.
#pragma once

#include "connection.hpp"
#include "wait/ci_report.hpp"

#include <applivery/build_waiter.hpp>

#include <optional>
#include <string>

namespace applivery::program {

struct WaitCommandOptions {
    ConnectionOptions connection;
    BuildSelector selector;
    WaitOptions limits;
    bool asJson = false;
    bool hasNoColor = false;     ///< A wait has none: taken as the other commands take it.
    std::optional<CiSystem> ci;  ///< Absent: as the environment says.
    std::string envFile;         ///< Empty: none.
};

/// The document of `-o json` where the command line is wrong.
[[nodiscard]] std::string waitRefusalJson(const std::string& why);

/// @return the exit code.
[[nodiscard]] int wait(WaitCommandOptions options);

}  // namespace applivery::program
