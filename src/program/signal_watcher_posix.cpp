#include "signal_watcher.hpp"
#include "signals.hpp"
#include "text/descriptor.hpp"

#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

namespace applivery::program {
namespace {

constexpr int wakeUpSignal = SIGUSR2;

void ignore(int) {}

// Discards pending signals of the set. No other thread may wait for them. macOS has no sigtimedwait().
void discardPending(const sigset_t& signals) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, wakeUpSignal}) {
        sigset_t pending{};
        sigpending(&pending);
        if (sigismember(&signals, signal) != 1 || sigismember(&pending, signal) != 1) continue;
        sigset_t onlyThis{};
        sigemptyset(&onlyThis);
        sigaddset(&onlyThis, signal);
        int received = 0;
        sigwait(&onlyThis, &received);
    }
}

}  // namespace

struct SignalWatcher::State {
    std::mutex resizeMutex;
    std::function<void()> onResize;  // guarded by resizeMutex
    struct sigaction previousResizeAction {};
    sigset_t handled{};
    sigset_t previousMask{};  // the signals that were blocked before
    CancellationSource source;
    std::atomic<int> received{0};
    std::atomic<bool> isOver{false};
    std::thread thread;

    void watch();
};

// Runs on a thread of its own until a signal arrives, or until the watcher is destroyed.
void SignalWatcher::State::watch() {
    int signal = wakeUpSignal;
    while (signal == wakeUpSignal || signal == SIGWINCH) {
        if (sigwait(&handled, &signal) != 0 || isOver) return;
        const std::lock_guard<std::mutex> lock(resizeMutex);
        if (signal == SIGWINCH && onResize) onResize();
    }
    received = signal;
    limitOutputWaits(true);
    source.cancel();
    endIfStalled(signal, isOver);
}

SignalWatcher::SignalWatcher() : state_(std::make_shared<State>()) {
    State& state = *state_;
    sigemptyset(&state.handled);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        const bool isIgnored = sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
        if (!isIgnored) sigaddset(&state.handled, signal);  // nohup ignores SIGHUP
    }
    sigaddset(&state.handled, wakeUpSignal);
    // By default, some systems drop this signal also while it is blocked.
    struct sigaction action {};
    action.sa_handler = ignore;
    sigaction(SIGWINCH, &action, &state.previousResizeAction);
    sigaddset(&state.handled, SIGWINCH);
    pthread_sigmask(SIG_BLOCK, &state.handled, &state.previousMask);
    state.thread = std::thread([&state] { state.watch(); });
}

SignalWatcher::~SignalWatcher() {
    State& state = *state_;
    state.isOver = true;
    pthread_kill(state.thread.native_handle(), wakeUpSignal);
    state.thread.join();
    limitOutputWaits(false);
    discardPending(state.handled);  // a pending second signal would end the process when the mask is restored
    sigaction(SIGWINCH, &state.previousResizeAction, nullptr);
    pthread_sigmask(SIG_SETMASK, &state.previousMask, nullptr);
}

CancellationToken SignalWatcher::token() const noexcept {
    return state_->source.token();
}

int SignalWatcher::received() const noexcept {
    return state_->received;
}

void SignalWatcher::onResize(std::function<void()> function) {
    const std::lock_guard<std::mutex> lock(state_->resizeMutex);
    state_->onResize = std::move(function);
}

struct BlockedSignals::PreviousMask {
    sigset_t mask{};
};

BlockedSignals::BlockedSignals() : previous_(std::make_unique<PreviousMask>()) {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &previous_->mask);
}

BlockedSignals::~BlockedSignals() {
    pthread_sigmask(SIG_SETMASK, &previous_->mask, nullptr);
}

}  // namespace applivery::program
