/// @file
/// The signals that stop the program.
#pragma once

#include <csignal>

namespace applivery::mock {

/// Handles SIGINT, SIGTERM and SIGHUP unless they are ignored. Construct before any thread starts, because the
/// constructor blocks the signals for all later threads.
class StopSignal {
public:
    StopSignal();

    /// Waits for a signal. @param endsWithInput whether the end of standard input also ends the wait.
    void wait(bool endsWithInput) const;

private:
    sigset_t originalMask_{};
};

}  // namespace applivery::mock
