#include "program.hpp"
#include "text/terminal.hpp"

#include <csignal>

int main(int argc, char** argv) {
    applivery::program::prepareStandardStreams();
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);  // write() then returns an error for a closed pipe, and the program ends normally
#endif
    return applivery::program::run({argv + 1, argv + argc});
}
