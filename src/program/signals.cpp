#include "signals.hpp"

#include "signal_watcher.hpp"
#include "text/descriptor.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

ExitCode exitCodeOfSignal(int signal) {
    constexpr int offset = 128;
    return ExitCode{offset + signal};
}

}  // namespace

Signals::Signals() : watcher_(SignalWatcher::shared()) {}

Signals::~Signals() = default;

CancellationToken Signals::token() const noexcept {
    return watcher_->token();
}

std::optional<ExitCode> Signals::exitCode() const noexcept {
    const int signal = watcher_->received();
    return signal == 0 ? std::nullopt : std::optional(exitCodeOfSignal(signal));
}

void Signals::onResize(std::function<void()> function) {
    watcher_->onResize(std::move(function));
}

ExitCode Signals::exitCodeOf(const Error& error, ExitCode code) const noexcept {
    return error.kind() == ErrorKind::cancelled ? exitCode().value_or(code) : code;
}

Error interruption(const std::string& operation) {
    return Error(ErrorKind::cancelled, operation + " failed: interrupted by a signal.");
}

std::shared_ptr<SignalWatcher> SignalWatcher::shared() {
    static std::weak_ptr<SignalWatcher> existing;
    std::shared_ptr<SignalWatcher> watcher = existing.lock();
    if (!watcher) {
        watcher = std::make_shared<SignalWatcher>();
        existing = watcher;
    }
    return watcher;
}

void endIfStalled(int signal, const std::atomic<bool>& isOver) {
    constexpr std::chrono::seconds limit{5};  // GitHub sends SIGTERM 7.5 s after SIGINT
    constexpr std::chrono::milliseconds interval{5};
    while (!isOver) {
        if (std::chrono::steady_clock::now() > lastOutputAt() + limit) std::_Exit(toInt(exitCodeOfSignal(signal)));
        std::this_thread::sleep_for(interval);
    }
}

}  // namespace applivery::program
