#include "terminal.hpp"

#include <cstdlib>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace applivery::program {
namespace {

std::optional<std::size_t> columnsOf(int descriptor) {
    if (isatty(descriptor) == 0) return std::nullopt;
    constexpr std::size_t usual = 80;
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual;
}

}  // namespace

std::optional<std::size_t> outputColumns() {
    return columnsOf(STDOUT_FILENO);
}

std::optional<std::size_t> progressColumns() {
    const char* const kind = std::getenv("TERM");
    if (kind == nullptr || std::string_view(kind) == "dumb") return std::nullopt;
    return columnsOf(STDERR_FILENO);
}

}  // namespace applivery::program
