/// @file
/// The progress of a wait on standard error: on a terminal a status line, elsewhere a line for each change and one each
/// minute.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace applivery::program {

class WaitDisplay {
public:
    WaitDisplay() = default;
    WaitDisplay(const WaitDisplay&) = delete;
    WaitDisplay& operator=(const WaitDisplay&) = delete;
    virtual ~WaitDisplay() = default;

    /// Shows the beginning of the wait. @param builds nameOfBuilds(). @param limit of the wait.
    virtual void begin(const std::string& builds, std::chrono::milliseconds limit) = 0;

    /// Shows a change of a build, such as "found 1.2 ios: pending".
    virtual void change(const std::string& change, std::chrono::milliseconds elapsed) = 0;

    /// Updates the state and the elapsed time. Called several times per second.
    virtual void tick(const std::string& state, std::chrono::milliseconds elapsed) = 0;

    /// Removes the status line.
    virtual void end() = 0;
};

/// Creates the display for standard error.
[[nodiscard]] std::unique_ptr<WaitDisplay> makeWaitDisplay();

/// Creates a display that shows nothing.
[[nodiscard]] std::unique_ptr<WaitDisplay> makeSilentDisplay();

}  // namespace applivery::program
