/// @file
/// When the program shall end.
#pragma once

#include <csignal>

namespace applivery::mock {

/// SIGINT, SIGTERM and SIGHUP, unless they are ignored; held back from all threads from construction on: made before
/// there are any.
class Stop {
public:
    Stop();

    /// Waits for one of them, or where that counts too for the end of standard input.
    void wait(bool endsWithInput) const;

private:
    sigset_t before_{};
};

}  // namespace applivery::mock
