/// @file
/// The progress of an iteration, on the status line.
#pragma once

#include "text/messages.hpp"

#include <applivery/build_range.hpp>

#include <chrono>

namespace applivery::program {

/// Shows the progress of an iteration over builds.
class Progress {
public:
    /// @param isVisible whether to show anything.
    explicit Progress(bool isVisible);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { clearStatus(); }

    /// Updates the status line, at most five times per second.
    void show(const WalkSummary& summary);

private:
    using Clock = std::chrono::steady_clock;

    bool isVisible_;
    Clock::time_point startedAt_ = Clock::now();
    Clock::time_point nextUpdateAt_ = startedAt_;
};

}  // namespace applivery::program
