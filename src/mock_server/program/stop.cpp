#include "stop.hpp"

#include <array>
#include <poll.h>
#include <unistd.h>

namespace applivery::mock {
namespace {

volatile std::sig_atomic_t hasCome = 0;

void note(int) {
    hasCome = 1;
}

// Reads what nobody wants, up to the end.
bool inputHasEnded() {
    std::array<char, 512> text{};
    return ::read(STDIN_FILENO, text.data(), text.size()) <= 0;
}

}  // namespace

Stop::Stop() {
    sigset_t signals{};
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction action {};
        if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) continue;  // as by nohup
        action.sa_handler = note;
        ::sigaction(signal, &action, nullptr);
        ::sigaddset(&signals, signal);
    }
    ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

void Stop::wait(bool endsWithInput) const {
    pollfd input{endsWithInput ? STDIN_FILENO : -1, POLLIN, 0};
    while (hasCome == 0) {
        // Signals come here and nowhere else, so that none slips in between the look and the wait.
        if (::ppoll(&input, 1, nullptr, &before_) > 0 && inputHasEnded()) return;
    }
}

}  // namespace applivery::mock
