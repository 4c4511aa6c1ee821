#include "signal_watcher.hpp"
#include "signals.hpp"
#include "text/descriptor.hpp"

#include <csignal>
#include <mutex>
#include <windows.h>

namespace applivery::program {

struct SignalWatcher::State {
    CancellationSource source;
    std::atomic<int> received{0};
    std::atomic<bool> isOver{false};

    // Called on a thread of the system.
    static BOOL WINAPI handle(DWORD event);
};

namespace {

std::mutex currentStateMutex;
std::shared_ptr<void> currentState;  // of the existing watcher; guarded by currentStateMutex

}  // namespace

// Returns only when the program handles no signals any more: if the console was closed, the process ends when this
// function returns.
BOOL WINAPI SignalWatcher::State::handle(DWORD event) {
    std::shared_ptr<State> state;
    {
        const std::lock_guard<std::mutex> lock(currentStateMutex);
        state = std::static_pointer_cast<State>(currentState);
    }
    if (!state) return FALSE;
    const int signal = event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT ? SIGINT : SIGTERM;
    int none = 0;
    if (!state->received.compare_exchange_strong(none, signal)) return TRUE;
    limitOutputWaits(true);
    state->source.cancel();
    endIfStalled(signal, state->isOver);
    return TRUE;
}

SignalWatcher::SignalWatcher() : state_(std::make_shared<State>()) {
    {
        const std::lock_guard<std::mutex> lock(currentStateMutex);
        currentState = state_;
    }
    SetConsoleCtrlHandler(&State::handle, TRUE);
}

SignalWatcher::~SignalWatcher() {
    SetConsoleCtrlHandler(&State::handle, FALSE);
    state_->isOver = true;
    limitOutputWaits(false);
    const std::lock_guard<std::mutex> lock(currentStateMutex);
    currentState.reset();
}

CancellationToken SignalWatcher::token() const noexcept {
    return state_->source.token();
}

int SignalWatcher::received() const noexcept {
    return state_->received;
}

void SignalWatcher::onResize(std::function<void()>) {}

// Nothing to block: Windows delivers signals on threads of its own.
struct BlockedSignals::PreviousMask {};

BlockedSignals::BlockedSignals() = default;

BlockedSignals::~BlockedSignals() = default;

}  // namespace applivery::program
