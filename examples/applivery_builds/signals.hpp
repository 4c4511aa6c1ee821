/// @file
/// Ctrl-C, SIGTERM and SIGHUP, as a cancellation.
#pragma once

#include <applivery/cancellation.hpp>

#include <atomic>
#include <csignal>
#include <thread>

namespace applivery::program {

/// A signal cancels the token. Where the program does not end by itself soon after, it is ended. One at a time, made
/// before other threads are.
class Signals {
public:
    Signals();
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    [[nodiscard]] CancellationToken token() const noexcept { return source_.token(); }

    /// As a shell tells of the signal that came; 0 where none did.
    [[nodiscard]] int exitCode() const noexcept { return received_ == 0 ? 0 : 128 + received_; }

private:
    void watch();

    sigset_t signals_{};
    sigset_t before_{};  // what was blocked
    CancellationSource source_;
    std::atomic<int> received_{0};
    std::atomic<bool> isOver_{false};
    std::thread watcher_;
};

}  // namespace applivery::program
