/// @file
/// How a line reaches the user's logger.
#pragma once

#include "core/user_code.hpp"

#include <applivery/client_options.hpp>

#include <string>

namespace applivery::detail {

/// A line that is lost, for want of a logger or since it fails, is no failure. It must hold no token.
inline void logLine(const Logger& log, LogLevel level, const std::string& line) {
    if (log) (void)invokeUserCode("ClientOptions::log", [&] { log(level, line); });
}

}  // namespace applivery::detail
