/// @file
/// Calls the logger of the user.
#pragma once

#include "core/user_code.hpp"

#include <applivery/client_options.hpp>

#include <string>

namespace applivery::detail {

/// Passes a line to the logger, if there is one. Exceptions of the logger are ignored. The line must not contain a
/// token.
inline void logLine(const Logger& log, LogLevel level, const std::string& line) {
    if (log) (void)invokeUserCode("ClientOptions::log", [&] { log(level, line); });
}

}  // namespace applivery::detail
