#include "signals.hpp"

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace applivery::program {
namespace {

constexpr int wakesTheWatcher = SIGUSR2;

}  // namespace

Signals::Signals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool isIgnored = sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
        if (!isIgnored) sigaddset(&signals_, signal);  // as by nohup
    }
    sigaddset(&signals_, wakesTheWatcher);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    watcher_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    isOver_ = true;
    pthread_kill(watcher_.native_handle(), wakesTheWatcher);
    watcher_.join();
    constexpr timespec now{};
    while (sigtimedwait(&signals_, nullptr, &now) > 0) {  // a signal that came twice is heeded once
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Signals::watch() {
    int signal = wakesTheWatcher;
    while (signal == wakesTheWatcher) {
        if (sigwait(&signals_, &signal) != 0 || isOver_) return;
    }
    received_ = signal;
    source_.cancel();
    const auto patience = std::chrono::steady_clock::now() + std::chrono::milliseconds{150};
    while (!isOver_) {
        if (std::chrono::steady_clock::now() > patience) std::_Exit(exitCode());
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

}  // namespace applivery::program
