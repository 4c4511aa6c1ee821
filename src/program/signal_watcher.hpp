/// @file
/// Receives the signals of the process. The implementation depends on the system.
#pragma once

#include <applivery/cancellation.hpp>

#include <atomic>
#include <functional>
#include <memory>

namespace applivery::program {

/// Receives SIGINT (Ctrl-C), SIGTERM and SIGHUP, and their equivalents of a Windows console, until destroyed.
class SignalWatcher {
public:
    /// Returns the existing watcher, or creates one.
    [[nodiscard]] static std::shared_ptr<SignalWatcher> shared();

    SignalWatcher();
    ~SignalWatcher();
    SignalWatcher(const SignalWatcher&) = delete;
    SignalWatcher& operator=(const SignalWatcher&) = delete;

    /// Returns the token that the first signal cancels.
    [[nodiscard]] CancellationToken token() const noexcept;

    /// Returns the number of the signal that arrived; 0 if none arrived.
    [[nodiscard]] int received() const noexcept;

    /// Calls the function after SIGWINCH, on a thread of its own. Windows has no such signal. After onResize() has
    /// returned, the previous function does not run and is not running.
    void onResize(std::function<void()> function);

private:
    struct State;

    const std::shared_ptr<State> state_;
};

/// Waits until the program ends after a signal. If the program writes no output for five seconds, ends the process with
/// 128 plus the number of the signal.
/// @param isOver becomes true when the program handles no signals any more.
void endIfStalled(int signal, const std::atomic<bool>& isOver);

}  // namespace applivery::program
