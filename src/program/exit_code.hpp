/// @file
/// The exit codes of the program. CI jobs depend on their values.
#pragma once

#include <applivery/error.hpp>

namespace applivery::program {

enum class ExitCode : int {
    done = 0,
    other = 1,
    usage = 2,
    credentials = 3,
    notFound = 4,
    buildFailed = 5,
    noVerdict = 6,  ///< Network, rate limit, a response that cannot be read, or an unknown status at the end of a wait.
    planLimit = 7,
    stillPending = 8,  ///< The build is pending at the only check.
    partial = 9,       ///< Some of the requested builds are missing.
    timedOut = 124,
    // Other values are 128 plus the number of the signal that ended the program, as shells count.
};

/// Returns the number that the process exits with.
[[nodiscard]] constexpr int toInt(ExitCode code) noexcept {
    return static_cast<int>(code);
}

/// Returns the exit code for an error of the library.
[[nodiscard]] inline ExitCode exitCodeOf(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalidArgument:
            return ExitCode::usage;
        case ErrorKind::authentication:
        case ErrorKind::permissionDenied:
            return ExitCode::credentials;
        case ErrorKind::planLimit:
            return ExitCode::planLimit;
        case ErrorKind::notFound:
            return ExitCode::notFound;
        case ErrorKind::invalidRequest:
        case ErrorKind::cancelled:
            return ExitCode::other;
        default:
            return ExitCode::noVerdict;
    }
}

}  // namespace applivery::program
