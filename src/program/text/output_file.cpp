#include "text/output_file.hpp"

#include "text/messages.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace applivery::program {
namespace {

namespace fs = std::filesystem;

// Creates a file beside the target, and replaces the path of the target by that of the file. @return the descriptor.
int createBeside(std::string& path, Readers readers) {
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

}  // namespace

ExitCode printOutput(std::string_view text) {
    const auto error = OutputFile("").write(text);
    if (error) printMessage(*error);
    return error ? ExitCode::other : ExitCode::done;
}

// Follows the links itself, because weakly_canonical() does not follow a link to a missing file.
std::string outputTarget(const std::string& path) {
    constexpr int maxLinks = 40;
    std::error_code error;
    fs::path target = path.empty() || path == "-" ? "/dev/stdout" : path;
    for (int i = 0; i < maxLinks && fs::is_symlink(fs::symlink_status(target, error)); ++i) {
        target = target.parent_path() / fs::read_symlink(target, error);
    }
    const fs::path whole = fs::weakly_canonical(fs::absolute(target, error), error);
    return (error ? target : whole).string();
}

OutputFile::~OutputFile() {
    (void)close();
    if (!temporary_.empty()) std::remove(temporary_.c_str());
}

std::optional<std::string> OutputFile::open() {
    if (path_ == "-") path_.clear();
    if (path_.empty()) return std::nullopt;
    std::error_code error;
    // A symbolic link stays, and its target is replaced.
    const fs::path target = fs::weakly_canonical(path_, error);
    const bool isNew = !fs::exists(target, error) && !fs::is_symlink(fs::symlink_status(path_, error));
    if (isNew || fs::is_regular_file(target, error)) {
        temporary_ = target.string();
        descriptor_ = createBeside(temporary_, readers_);
        if (descriptor_ < 0) temporary_.clear();
    } else {
        constexpr mode_t defaultMode = 0666;
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, defaultMode);
    }
    return descriptor_ < 0 ? std::optional(failure(errno)) : std::nullopt;
}

std::string OutputFile::state() const {
    if (temporary_.empty()) return {};
    std::error_code error;
    return path_ + (fs::exists(path_, error) ? " was not replaced" : " was not written");
}

std::optional<std::string> OutputFile::write(std::string_view text) {
    const int error = writeAll(descriptor_, text);
    isBrokenPipe_ = error == EPIPE;
    return error == 0 || isBrokenPipe_ ? std::nullopt : std::optional(failure(error));
}

// Returns 0, or the error number.
int OutputFile::close() {
    const int own = std::exchange(descriptor_, standardOutput);
    return own <= standardError || ::close(own) == 0 ? 0 : errno;
}

std::optional<std::string> OutputFile::commit() {
    if (path_.empty()) return std::nullopt;
    if (const int error = close(); error != 0) return failure(error);
    if (temporary_.empty()) return std::nullopt;
    std::error_code error;
    const std::string target = temporary_.substr(0, temporary_.rfind('.'));
    fs::rename(temporary_, target, error);
    if (error) return failure(error.value());
    temporary_.clear();
    return std::nullopt;
}

std::string OutputFile::failure(int error) const {
    return fmt::format("{} cannot be written: {}", path_.empty() ? "standard output" : path_,
                       std::generic_category().message(error));
}

}  // namespace applivery::program
