#include "signals.hpp"

#include <cstdlib>
#include <ctime>

namespace applivery::program {
namespace {

constexpr int wakesTheWatcher = SIGUSR2;
constexpr int exitCodeOfSignals = 128;

}  // namespace

Signals::Signals() {
    sigemptyset(&signals_);
    for (const int signal : {SIGINT, SIGTERM, wakesTheWatcher}) sigaddset(&signals_, signal);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
    watcher_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    pthread_kill(watcher_.native_handle(), wakesTheWatcher);
    watcher_.join();
    constexpr timespec now{};
    while (sigtimedwait(&signals_, nullptr, &now) > 0) {  // a signal that came twice is heeded once
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Signals::watch() {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0 || signal == wakesTheWatcher) return;
    source_.cancel();
    constexpr timespec patience{0, 150'000'000};
    sigset_t end{};
    sigemptyset(&end);
    sigaddset(&end, wakesTheWatcher);
    if (sigtimedwait(&end, nullptr, &patience) != wakesTheWatcher) std::_Exit(exitCodeOfSignals + signal);
}

}  // namespace applivery::program
