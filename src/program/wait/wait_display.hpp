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

    /// Shows what the wait is for.
    virtual void begin(const std::string& what, std::chrono::milliseconds limit) = 0;

    /// Shows a change, given in a few words.
    virtual void change(const std::string& what, std::chrono::milliseconds elapsed) = 0;

    /// Updates the elapsed time. Called several times per second.
    virtual void tick(const std::string& state, std::chrono::milliseconds elapsed) = 0;

    /// Removes the status line.
    virtual void end() = 0;
};

/// Creates the display for standard error. @param isWanted false: a display that shows nothing.
[[nodiscard]] std::unique_ptr<WaitDisplay> makeWaitDisplay(bool isWanted = true);

}  // namespace applivery::program
