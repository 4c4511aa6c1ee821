#include "text/descriptor.hpp"

#include <climits>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace applivery::program {
namespace {

using SteadyClock = std::chrono::steady_clock;

std::atomic<bool> waitsAreLimited{false};
std::atomic<SteadyClock::rep> lastOutput{0};

void recordOutput() {
    lastOutput = SteadyClock::now().time_since_epoch().count();
}

bool isOutputStalled() {
    constexpr std::chrono::milliseconds limit{150};
    return waitsAreLimited && SteadyClock::now() > lastOutputAt() + limit;
}

// Waits for the events of poll(). Returns false if `mustStop` returned true before. A descriptor that cannot be polled
// counts as ready.
template <typename Predicate>
bool waitUntilReady(int descriptor, short events, Predicate mustStop) {
    constexpr int intervalMs = 20;
    pollfd entry{descriptor, events, 0};
    while (true) {
        const int count = poll(&entry, 1, intervalMs);
        if (count > 0 || (count < 0 && errno != EINTR)) return true;
        if (mustStop()) return false;
    }
}

bool shouldRetry(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// Closes a descriptor, unless it is a standard stream.
class InputDescriptor {
public:
    explicit InputDescriptor(int number) : number_(number) {}
    ~InputDescriptor() {
        if (number_ > STDERR_FILENO) (void)close(number_);
    }
    InputDescriptor(const InputDescriptor&) = delete;
    InputDescriptor& operator=(const InputDescriptor&) = delete;

    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

Error readError(int error) {
    return Error(ErrorKind::invalidArgument, std::generic_category().message(error));
}

// Returns the number of bytes, 0 at the end of the input, or -1 after an error. Also returns -1 if the token is
// cancelled while no input is ready.
ssize_t readSome(int descriptor, char* data, std::size_t size, const CancellationToken& token) {
    while (true) {
        if (!waitUntilReady(descriptor, POLLIN, [&] { return token.isCancelled(); })) return -1;
        const ssize_t count = read(descriptor, data, size);
        if (count >= 0 || !shouldRetry(errno)) return count;
    }
}

}  // namespace

int createFileBeside(std::string& path, Readers readers) {
    const std::string target = path;
    path += ".XXXXXX";
    const int descriptor = mkstemp(path.data());
    if (descriptor < 0 || readers == Readers::owner) return descriptor;  // mkstemp() grants access only to the owner
    struct stat existing {};
    const mode_t mask = umask(0);
    umask(mask);
    constexpr mode_t defaultMode = 0666;
    const mode_t mode = stat(target.c_str(), &existing) == 0 ? (existing.st_mode & 07777U) : (defaultMode & ~mask);
    (void)fchmod(descriptor, mode);
    return descriptor;
}

int openOutput(const std::string& path) {
    constexpr mode_t defaultMode = 0666;
    return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, defaultMode);
}

int closeDescriptor(int descriptor) {
    return close(descriptor) == 0 ? 0 : errno;
}

int writeAll(int descriptor, std::string_view text) {
    constexpr std::size_t maxWrite = PIPE_BUF;  // a ready pipe accepts this size at once, so that no write() blocks
    while (!text.empty()) {
        if (!waitUntilReady(descriptor, POLLOUT, &isOutputStalled)) return ECANCELED;
        const ssize_t count = write(descriptor, text.data(), std::min(text.size(), maxWrite));
        if (count < 0 && !shouldRetry(errno)) return errno;
        if (count <= 0) continue;
        text.remove_prefix(static_cast<std::size_t>(count));
        recordOutput();
    }
    return 0;
}

void limitOutputWaits(bool isLimited) {
    recordOutput();
    waitsAreLimited = isLimited;
}

SteadyClock::time_point lastOutputAt() noexcept {
    return SteadyClock::time_point(SteadyClock::duration(lastOutput));
}

Result<std::string> readInput(const std::string& path, std::size_t maxSize, const CancellationToken& token) {
    // Without O_NONBLOCK, open() would wait for the writer of a named pipe.
    const InputDescriptor input(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (input.number() < 0) return readError(errno);
    std::string text;
    std::array<char, 16'384> buffer{};
    while (text.size() < maxSize) {
        const ssize_t count =
            readSome(input.number(), buffer.data(), std::min(buffer.size(), maxSize - text.size()), token);
        if (token.isCancelled()) return Error(ErrorKind::cancelled, "interrupted by a signal");
        if (count < 0) return readError(errno);
        if (count == 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
}

std::string readAnswer(const CancellationToken& token) {
    std::array<char, 256> buffer{};  // read() returns at most one line of a terminal
    const ssize_t count = readSome(STDIN_FILENO, buffer.data(), buffer.size(), token);
    std::string text(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return text.substr(0, text.find('\n'));
}

}  // namespace applivery::program
