#include "signals.hpp"

#include "signal_watcher.hpp"
#include "text/descriptor.hpp"

#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

namespace applivery::program {

Signals::Signals() : watcher_(SignalWatcher::shared()) {}

Signals::~Signals() = default;

CancellationToken Signals::token() const noexcept {
    return watcher_->token();
}

std::optional<ExitCode> Signals::exitCode() const noexcept {
    const int signal = watcher_->received();
    return signal == 0 ? std::nullopt : std::optional(ExitCode{128 + signal});
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
    if (!watcher) existing = watcher = std::make_shared<SignalWatcher>();
    return watcher;
}

void endIfStalled(int signal, const std::atomic<bool>& isOver) {
    constexpr std::chrono::seconds limit{5};  // GitHub sends SIGTERM after 7.5 s
    while (!isOver) {
        if (std::chrono::steady_clock::now() > lastOutputAt() + limit) std::_Exit(toInt(ExitCode{128 + signal}));
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

}  // namespace applivery::program
