/// @file
/// SIGINT (Ctrl-C), SIGTERM and SIGHUP as a cancellation, and threads that receive no signal.
#pragma once

#include "exit_code.hpp"

#include <applivery/cancellation.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

namespace applivery::program {

/// Cancels a token when a signal arrives. Ends the process if the program has not ended 150 ms later.
///
/// Create at most one at a time, before any other thread is started.
class Signals {
public:
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    [[nodiscard]] CancellationToken token() const noexcept { return source_.token(); }

    /// Returns 128 plus the number of the signal that arrived, as shells do; absent if none arrived.
    [[nodiscard]] std::optional<ExitCode> exitCode() const noexcept {
        return received_ == 0 ? std::nullopt : std::optional(ExitCode{128 + received_});
    }

private:
    struct Masks;

    void watch();

    std::unique_ptr<Masks> masks_;
    CancellationSource source_;
    std::atomic<int> received_{0};
    std::atomic<bool> isOver_{false};
    std::thread watcher_;
};

/// Blocks all signals on this thread, and on the threads that it starts, until destroyed.
class BlockedSignals {
public:
    BlockedSignals();
    ~BlockedSignals();
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

private:
    struct Before;

    std::unique_ptr<Before> before_;
};

}  // namespace applivery::program
