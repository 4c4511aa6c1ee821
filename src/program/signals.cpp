#include "signals.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>

namespace applivery::program {
namespace {

constexpr int wakeUpSignal = SIGUSR2;

}  // namespace

struct Signals::Masks {
    sigset_t handled{};
    sigset_t before{};  // the signals that were blocked before
};

Signals::Signals() : masks_(std::make_unique<Masks>()) {
    sigemptyset(&masks_->handled);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool isIgnored = sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
        if (!isIgnored) sigaddset(&masks_->handled, signal);  // nohup ignores SIGHUP
    }
    sigaddset(&masks_->handled, wakeUpSignal);
    pthread_sigmask(SIG_BLOCK, &masks_->handled, &masks_->before);
    watcher_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    isOver_ = true;
    pthread_kill(watcher_.native_handle(), wakeUpSignal);
    watcher_.join();
    constexpr timespec now{};
    // A pending second signal would end the process when the mask is restored.
    while (sigtimedwait(&masks_->handled, nullptr, &now) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &masks_->before, nullptr);
}

void Signals::watch() {
    int signal = wakeUpSignal;
    while (signal == wakeUpSignal) {
        if (sigwait(&masks_->handled, &signal) != 0 || isOver_) return;
    }
    received_ = signal;
    source_.cancel();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds{150};
    while (!isOver_) {
        if (std::chrono::steady_clock::now() > deadline) std::_Exit(toInt(ExitCode{128 + signal}));
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
