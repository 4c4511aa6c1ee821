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
    struct sigaction action {};
    action.sa_handler = note;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        ::sigaddset(&signals, signal);
        ::sigaction(signal, &action, nullptr);
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
