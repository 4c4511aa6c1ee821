/// @file
/// How far a walk has come: one line on the terminal, written anew.
#pragma once

#include "text/messages.hpp"

#include <applivery/build_range.hpp>

#include <chrono>

namespace applivery::program {

class Progress {
public:
    /// @param isWanted whether there may be a line at all; only a terminal gets one.
    explicit Progress(bool isWanted);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { clearStatus(); }

    /// Shows it, a few times a second at most.
    void show(const WalkSummary& summary);

private:
    using Clock = std::chrono::steady_clock;

    bool isWanted_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point next_ = began_;
};

}  // namespace applivery::program
