/// @file
/// Turns SIGINT (Ctrl-C), SIGTERM and SIGHUP into a cancellation, and SIGWINCH into a call of a function. Also blocks
/// signals on threads.
#pragma once

#include "exit_code.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/error.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace applivery::program {

class SignalWatcher;

/// Cancels a token when a signal arrives. All existing objects share one token.
///
/// Ends the process if, after the signal, the program has neither ended nor written output for five seconds. Create the
/// first object before any other thread is started.
class Signals {
public:
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    /// Returns the token that the first signal cancels.
    [[nodiscard]] CancellationToken token() const noexcept;

    /// Returns 128 plus the number of the signal that arrived, as shells do; absent if none arrived.
    [[nodiscard]] std::optional<ExitCode> exitCode() const noexcept;

    /// Returns exitCode() for an error of a cancelled operation, or else `code`.
    [[nodiscard]] ExitCode exitCodeOf(const Error& error, ExitCode code) const noexcept;

    /// Calls the function when the size of the terminal changes (SIGWINCH), until the next call of onResize().
    ///
    /// The function runs on a thread of its own, and must not block. After onResize() has returned, the previous
    /// function does not run and is not running.
    void onResize(std::function<void()> function);

private:
    std::shared_ptr<SignalWatcher> watcher_;
};

/// Returns the error of an operation that a signal interrupted.
[[nodiscard]] Error interruption(const std::string& operation);

/// Blocks all signals on this thread, and on the threads that it starts, until destroyed.
class BlockedSignals {
public:
    BlockedSignals();
    ~BlockedSignals();
    BlockedSignals(const BlockedSignals&) = delete;
    BlockedSignals& operator=(const BlockedSignals&) = delete;

private:
    struct PreviousMask;

    std::unique_ptr<PreviousMask> previous_;
};

}  // namespace applivery::program
