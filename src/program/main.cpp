#include "program.hpp"
#include "text/terminal.hpp"

#include <csignal>

int main(int argc, char** argv) {
    applivery::program::prepareStandardStreams();
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is then an error of write(), after which the program ends normally
#endif
    return applivery::program::run({argv + 1, argv + argc});
}
