#include "program.hpp"
#include "text/terminal.hpp"

#include <csignal>

int main(int argc, char** argv) {
    applivery::program::occupyStandardStreams();
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);  // a reader that has seen enough ends the program in order, not by a signal
#endif
    return applivery::program::run({argv + 1, argv + argc});
}
