#include "stop_signal.hpp"

#include <array>
#include <cerrno>
#include <sys/select.h>
#include <unistd.h>

namespace applivery::mock {
namespace {

volatile std::sig_atomic_t wasStopped = 0;

void setStopped(int) {
    wasStopped = 1;
}

// Discards input. @return whether the input has ended.
bool inputHasEnded() {
    std::array<char, 512> text{};
    return ::read(STDIN_FILENO, text.data(), text.size()) <= 0;
}

}  // namespace

StopSignal::StopSignal() {
    sigset_t signals{};
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN)
            continue;  // for example by nohup
        action.sa_handler = setStopped;
        ::sigaction(signal, &action, nullptr);
        sigaddset(&signals, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &signals, &originalMask_);
}

void StopSignal::wait(bool endsWithInput) const {
    while (wasStopped == 0) {
        fd_set input{};
        FD_SET(STDIN_FILENO, &input);
        // Only pselect() unblocks the signals, so that no signal arrives between the check and the wait.
        const int ready =
            ::pselect(STDIN_FILENO + 1, endsWithInput ? &input : nullptr, nullptr, nullptr, nullptr, &originalMask_);
        if (ready > 0 && inputHasEnded()) return;
        if (ready < 0 && errno != EINTR) return;
    }
}

}  // namespace applivery::mock
