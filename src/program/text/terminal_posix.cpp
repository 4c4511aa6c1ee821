#include "environment.hpp"
#include "text/terminal.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace applivery::program {
namespace {

// Returns whether a person looks at the stream. A CI system may run a job on a pseudo terminal, whose output it stores.
bool isTerminal(int descriptor) {
    return isatty(descriptor) != 0 && !isCiJob();
}

std::optional<std::size_t> columnsOf(int descriptor) {
    if (!isTerminal(descriptor)) return std::nullopt;
    constexpr std::size_t defaultColumns = 80;
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : defaultColumns;
}

bool isDumb() {
    const std::string kind = environment("TERM");
    return kind.empty() || kind == "dumb";
}

}  // namespace

void prepareStandardStreams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        // open() returns the lowest free descriptor, which is this one.
        if (fcntl(descriptor, F_GETFD) < 0) (void)open("/dev/null", O_RDONLY);
    }
}

bool inputIsTerminal() {
    return isatty(STDIN_FILENO) != 0;
}

std::optional<std::size_t> outputColumns() {
    return columnsOf(STDOUT_FILENO);
}

bool outputHasColors() {
    const char* const noColor = std::getenv("NO_COLOR");
    return outputIsScreen() && (noColor == nullptr || *noColor == '\0');
}

bool outputIsScreen() {
    return isTerminal(STDOUT_FILENO) && !isDumb();
}

std::size_t outputRows() {
    constexpr std::size_t defaultRows = 24;
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : defaultRows;
}

std::optional<std::size_t> progressColumns() {
    return isDumb() ? std::nullopt : columnsOf(STDERR_FILENO);
}

}  // namespace applivery::program
