#include "text/descriptor.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <io.h>
#include <random>
#include <share.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <windows.h>

namespace applivery::program {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int openFlags = _O_BINARY | _O_NOINHERIT;

std::atomic<SteadyClock::rep> lastOutput{0};

void recordOutput() {
    lastOutput = SteadyClock::now().time_since_epoch().count();
}

int openFile(const std::string& path, int flags) {
    int descriptor = -1;
    const std::filesystem::path name = std::filesystem::u8path(path);
    const int error = _wsopen_s(&descriptor, name.c_str(), flags | openFlags, _SH_DENYNO, _S_IREAD | _S_IWRITE);
    return error == 0 ? descriptor : -1;
}

HANDLE handleOf(int descriptor) {
    return reinterpret_cast<HANDLE>(_get_osfhandle(descriptor));
}

bool isConsole(int descriptor) {
    DWORD mode = 0;
    return GetConsoleMode(handleOf(descriptor), &mode) != 0;
}

std::wstring toUtf16(std::string_view text) {
    const int size = static_cast<int>(text.size());
    std::wstring out(static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), L'\0');
    (void)MultiByteToWideChar(CP_UTF8, 0, text.data(), size, out.data(), static_cast<int>(out.size()));
    return out;
}

std::string toUtf8(std::wstring_view text) {
    const int size = static_cast<int>(text.size());
    const int bytes = WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string out(static_cast<std::size_t>(bytes), '\0');
    (void)WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), bytes, nullptr, nullptr);
    return out;
}

// Writes UTF-16, because the code page of a console need not be that of UTF-8.
int writeToConsole(HANDLE console, std::string_view text) {
    const std::wstring wide = toUtf16(text);
    constexpr std::size_t maxWrite = 8'192;  // UTF-16 units; some consoles refuse more
    for (std::size_t i = 0; i < wide.size();) {
        DWORD count = 0;
        const auto size = static_cast<DWORD>(std::min(wide.size() - i, maxWrite));
        if (WriteConsoleW(console, wide.data() + i, size, &count, nullptr) == 0) return EIO;
        i += count;
        recordOutput();
    }
    return 0;
}

// Waits until a pipe has data or is closed. Returns false if the token was cancelled before.
bool waitForPipe(HANDLE pipe, const CancellationToken& token) {
    constexpr std::chrono::milliseconds interval{20};
    DWORD available = 0;
    while (PeekNamedPipe(pipe, nullptr, 0, nullptr, &available, nullptr) != 0 && available == 0) {
        if (token.isCancelled()) return false;
        std::this_thread::sleep_for(interval);
    }
    return true;
}

Error readError(int error) {
    return Error(ErrorKind::invalidArgument, std::generic_category().message(error));
}

// Returns the text that was typed on the console up to the end of a line, or up to Ctrl-C.
std::string readConsole(const CancellationToken& token) {
    std::array<wchar_t, 256> buffer{};
    DWORD count = 0;
    const HANDLE console = GetStdHandle(STD_INPUT_HANDLE);
    if (ReadConsoleW(console, buffer.data(), static_cast<DWORD>(buffer.size()), &count, nullptr) == 0) count = 0;
    constexpr std::chrono::milliseconds delayOfSignal{50};
    if (count == 0) std::this_thread::sleep_for(delayOfSignal);  // another thread handles Ctrl-C
    std::string text = token.isCancelled() ? "" : toUtf8({buffer.data(), count});
    const std::size_t end = text.find('\r');
    if (end != std::string::npos) text.replace(end, 2, "\n");
    return text;
}

}  // namespace

int createFileBeside(std::string& path, Readers) {
    std::random_device device;
    constexpr int attempts = 100;
    for (int i = 0; i < attempts; ++i) {
        std::string name = path + '.' + std::to_string(device());
        const int descriptor = openFile(name, _O_WRONLY | _O_CREAT | _O_EXCL);
        if (descriptor < 0 && errno == EEXIST) continue;
        if (descriptor >= 0) path = std::move(name);
        return descriptor;
    }
    return -1;
}

int openOutput(const std::string& path) {
    return openFile(path, _O_WRONLY | _O_CREAT | _O_TRUNC);
}

int closeDescriptor(int descriptor) {
    return _close(descriptor) == 0 ? 0 : errno;
}

int writeAll(int descriptor, std::string_view text) {
    if (isConsole(descriptor)) return writeToConsole(handleOf(descriptor), text);
    constexpr std::size_t maxWrite = 65'536;  // bytes
    while (!text.empty()) {
        const int count = _write(descriptor, text.data(), static_cast<unsigned>(std::min(text.size(), maxWrite)));
        // Only a pipe without a reader fails, with different errors.
        if (count < 0) return GetFileType(handleOf(descriptor)) == FILE_TYPE_PIPE ? EPIPE : errno;
        text.remove_prefix(static_cast<std::size_t>(count));
        recordOutput();
    }
    return 0;
}

// After a signal, the watcher of signals ends a process that waits for its output.
void limitOutputWaits(bool) {
    recordOutput();
}

SteadyClock::time_point lastOutputAt() noexcept {
    return SteadyClock::time_point(SteadyClock::duration(lastOutput));
}

Result<std::string> readInput(const std::string& path, std::size_t maxSize, const CancellationToken& token) {
    const bool isStandardInput = path == "-";
    const int descriptor = isStandardInput ? 0 : openFile(path, _O_RDONLY);
    if (descriptor < 0) return readError(errno);
    std::string text;
    std::array<char, 16'384> buffer{};
    int count = 1;
    while (text.size() < maxSize && count > 0) {
        const std::size_t size = std::min(buffer.size(), maxSize - text.size());
        if (isConsole(descriptor)) {
            const std::string line = readConsole(token);
            const bool isEnd = line.find('\x1A') != std::string::npos;  // Ctrl-Z
            count = isEnd ? 0 : static_cast<int>(line.size());
            text.append(line, 0, static_cast<std::size_t>(count));
        } else if (waitForPipe(handleOf(descriptor), token)) {
            count = _read(descriptor, buffer.data(), static_cast<unsigned>(size));
            text.append(buffer.data(), static_cast<std::size_t>(std::max(count, 0)));
        }
        if (token.isCancelled()) break;
    }
    const int error = count < 0 ? errno : 0;
    if (!isStandardInput) (void)_close(descriptor);
    if (token.isCancelled()) return Error(ErrorKind::cancelled, "interrupted by a signal");
    if (error != 0) return readError(error);
    return text.substr(0, maxSize);
}

std::string readAnswer(const CancellationToken& token) {
    const std::string text = readConsole(token);
    return text.substr(0, text.find('\n'));
}

}  // namespace applivery::program
