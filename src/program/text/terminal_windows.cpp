#include "environment.hpp"
#include "text/terminal.hpp"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <io.h>
#include <string>
#include <windows.h>

namespace applivery::program {
namespace {

// Returns the console at the other end of a stream; null if there is none.
HANDLE consoleOf(DWORD stream) {
    const HANDLE handle = GetStdHandle(stream);
    DWORD mode = 0;
    return GetConsoleMode(handle, &mode) != 0 ? handle : nullptr;
}

std::optional<CONSOLE_SCREEN_BUFFER_INFO> screenOf(DWORD stream) {
    const HANDLE console = consoleOf(stream);
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (console == nullptr || GetConsoleScreenBufferInfo(console, &info) == 0) return std::nullopt;
    return info;
}

std::optional<std::size_t> columnsOf(DWORD stream) {
    const auto screen = screenOf(stream);
    if (!screen || isCiJob()) return std::nullopt;
    return static_cast<std::size_t>(std::max(screen->srWindow.Right - screen->srWindow.Left + 1, 1));
}

// Returns whether the console interprets escape sequences. Consoles before Windows 10 do not.
bool acceptsEscapes(DWORD stream) {
    const HANDLE console = consoleOf(stream);
    DWORD mode = 0;
    if (console == nullptr || GetConsoleMode(console, &mode) == 0) return false;
    return SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

bool isDumb() {
    return environment("TERM") == "dumb";
}

}  // namespace

void prepareStandardStreams() {
    for (const int descriptor : {0, 1, 2}) {
        // _open() returns the lowest free descriptor, which is this one.
        if (_get_osfhandle(descriptor) < 0) (void)_open("NUL", _O_RDONLY);
        (void)_setmode(descriptor, _O_BINARY);
    }
}

bool inputIsTerminal() {
    return consoleOf(STD_INPUT_HANDLE) != nullptr;
}

std::optional<std::size_t> outputColumns() {
    return columnsOf(STD_OUTPUT_HANDLE);
}

bool outputHasColors() {
    return outputIsScreen() && environment("NO_COLOR").empty();
}

bool outputIsScreen() {
    return outputColumns().has_value() && !isDumb() && acceptsEscapes(STD_OUTPUT_HANDLE);
}

std::size_t outputRows() {
    constexpr std::size_t defaultRows = 24;
    const auto screen = screenOf(STD_OUTPUT_HANDLE);
    if (!screen) return defaultRows;
    return static_cast<std::size_t>(std::max(screen->srWindow.Bottom - screen->srWindow.Top + 1, 1));
}

std::optional<std::size_t> progressColumns() {
    return isDumb() || !acceptsEscapes(STD_ERROR_HANDLE) ? std::nullopt : columnsOf(STD_ERROR_HANDLE);
}

}  // namespace applivery::program
