#include "text/output_file.hpp"

#include "text/messages.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
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
        const int descriptor = createBeside(temporary_, readers_);
        if (descriptor >= 0) file_.reset(fdopen(descriptor, "w"));
        if (descriptor < 0) temporary_.clear();
    } else {
        file_.reset(std::fopen(path_.c_str(), "w"));
    }
    if (!file_) return failure(errno);
    return std::nullopt;
}

std::string OutputFile::state() const {
    if (temporary_.empty()) return {};
    std::error_code error;
    return path_ + (fs::exists(path_, error) ? " was not replaced" : " was not written");
}

std::optional<std::string> OutputFile::write(std::string_view text) {
    std::FILE* const file = file_ ? file_.get() : stdout;
    if (std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0) return std::nullopt;
    const int error = errno;
    isBrokenPipe_ = error == EPIPE;
    if (isBrokenPipe_) return std::nullopt;
    return failure(error);
}

std::optional<std::string> OutputFile::commit() {
    if (!file_) return std::nullopt;
    const bool isClosed = std::fclose(file_.release()) == 0;
    if (!isClosed) return failure(errno);
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
