/// @file
/// Ctrl-C and SIGTERM, as a cancellation.
#pragma once

#include <applivery/cancellation.hpp>

#include <condition_variable>
#include <csignal>
#include <mutex>
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

private:
    void watch();

    sigset_t signals_{};
    sigset_t before_{};  // what was blocked
    CancellationSource source_;
    std::thread watcher_;
};

}  // namespace applivery::program
