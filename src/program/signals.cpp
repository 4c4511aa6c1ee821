#include "signals.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>

namespace applivery::program {
namespace {

constexpr int wakesTheWatcher = SIGUSR2;

}  // namespace

struct Signals::Masks {
    sigset_t heeded{};
    sigset_t before{};  // what was blocked
};

Signals::Signals() : masks_(std::make_unique<Masks>()) {
    sigemptyset(&masks_->heeded);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool isIgnored = sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
        if (!isIgnored) sigaddset(&masks_->heeded, signal);  // as by nohup
    }
    sigaddset(&masks_->heeded, wakesTheWatcher);
    pthread_sigmask(SIG_BLOCK, &masks_->heeded, &masks_->before);
    watcher_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    isOver_ = true;
    pthread_kill(watcher_.native_handle(), wakesTheWatcher);
    watcher_.join();
    constexpr timespec now{};
    while (sigtimedwait(&masks_->heeded, nullptr, &now) > 0) {  // a signal that came twice is heeded once
    }
    pthread_sigmask(SIG_SETMASK, &masks_->before, nullptr);
}

void Signals::watch() {
    int signal = wakesTheWatcher;
    while (signal == wakesTheWatcher) {
        if (sigwait(&masks_->heeded, &signal) != 0 || isOver_) return;
    }
    received_ = signal;
    source_.cancel();
    const auto patience = std::chrono::steady_clock::now() + std::chrono::milliseconds{150};
    while (!isOver_) {
        if (std::chrono::steady_clock::now() > patience) std::_Exit(exitCode());
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
}

struct BlockedSignals::Before {
    sigset_t mask{};
};

BlockedSignals::BlockedSignals() : before_(std::make_unique<Before>()) {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_->mask);
}

BlockedSignals::~BlockedSignals() {
    pthread_sigmask(SIG_SETMASK, &before_->mask, nullptr);
}

}  // namespace applivery::program
