/// @file
/// What the program's exit codes mean. CI jobs depend on them.
#pragma once

#include <applivery/error.hpp>

namespace applivery::program {

enum ExitCode : int {
    done = 0,
    other = 1,
    usage = 2,
    credentials = 3,
    notFound = 4,
    buildFailed = 5,
    noVerdict = 6,  ///< Network, rate limit, or an answer that cannot be read.
    planLimit = 7,
    stillPending = 8,  ///< At the only check.
    partial = 9,       ///< Some of what was asked for is missing.
    timedOut = 124,
};

[[nodiscard]] inline ExitCode exitCodeOf(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalidArgument:
            return usage;
        case ErrorKind::authentication:
        case ErrorKind::permissionDenied:
            return credentials;
        case ErrorKind::planLimit:
            return planLimit;
        case ErrorKind::notFound:
            return notFound;
        case ErrorKind::invalidRequest:
        case ErrorKind::cancelled:
            return other;
        default:
            return noVerdict;
    }
}

}  // namespace applivery::program
