/// @file
/// Ctrl-C, SIGTERM and SIGHUP, as a cancellation; and threads that heed none of them.
#pragma once

#include <applivery/cancellation.hpp>

#include <atomic>
#include <memory>
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
    struct Masks;

    void watch();

    std::unique_ptr<Masks> masks_;
    CancellationSource source_;
    std::atomic<int> received_{0};
    std::atomic<bool> isOver_{false};
    std::thread watcher_;
};

/// While it lives, no signal comes to this thread, nor to those that it makes meanwhile: they are for others to take.
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
