#include "text/output_file.hpp"

#include "text/ascii.hpp"
#include "text/messages.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace applivery::program {
namespace fs = std::filesystem;

ExitCode printOutput(std::string_view text) {
    const auto error = OutputFile("").write(text);
    if (error) printMessage(*error);
    return error ? ExitCode::other : ExitCode::done;
}

// Follows the links itself, because weakly_canonical() does not follow a link to a missing file.
std::string outputTarget(const std::string& path) {
    constexpr int maxLinks = 40;
    std::error_code error;
    fs::path target = fs::u8path(path.empty() || path == "-" ? "/dev/stdout" : path);
    for (int i = 0; i < maxLinks && fs::is_symlink(fs::symlink_status(target, error)); ++i) {
        target = target.parent_path() / fs::read_symlink(target, error);
    }
    const fs::path canonical = fs::weakly_canonical(fs::absolute(target, error), error);
    std::string text = (error ? target : canonical).u8string();
#if defined(_WIN32) || defined(__APPLE__)
    text = lowerCase(text);  // the usual file systems ignore case, and a missing file has nothing else to compare
#endif
    return text;
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
    const fs::path path = fs::u8path(path_);
    const fs::path target = fs::weakly_canonical(path, error);
    const bool isNew = !fs::exists(target, error) && !fs::is_symlink(fs::symlink_status(path, error));
    if (isNew || fs::is_regular_file(target, error)) {
        temporary_ = target.u8string();
        descriptor_ = createFileBeside(temporary_, readers_);
        if (descriptor_ < 0) temporary_.clear();
    } else {
        descriptor_ = openOutput(path_);
    }
    return descriptor_ < 0 ? std::optional(messageOf(errno)) : std::nullopt;
}

std::string OutputFile::state() const {
    if (temporary_.empty()) return {};
    std::error_code error;
    return path_ + (fs::exists(fs::u8path(path_), error) ? " was not replaced" : " was not written");
}

std::optional<std::string> OutputFile::write(std::string_view text) {
    const int error = writeAll(descriptor_, text);
    isBrokenPipe_ = error == EPIPE;
    return error == 0 || isBrokenPipe_ ? std::nullopt : std::optional(messageOf(error));
}

// Returns 0, or the error number.
int OutputFile::close() {
    const int descriptor = std::exchange(descriptor_, standardOutput);
    return descriptor <= standardError ? 0 : closeDescriptor(descriptor);
}

std::optional<std::string> OutputFile::commit() {
    if (path_.empty()) return std::nullopt;
    if (const int error = close(); error != 0) return messageOf(error);
    if (temporary_.empty()) return std::nullopt;
    std::error_code error;
    const std::string target = temporary_.substr(0, temporary_.rfind('.'));  // see createFileBeside()
    fs::rename(fs::u8path(temporary_), fs::u8path(target), error);
    if (error) return messageOf(error.value());
    temporary_.clear();
    return std::nullopt;
}

std::string OutputFile::messageOf(int error) const {
    return fmt::format("{} cannot be written: {}", path_.empty() ? "standard output" : path_,
                       std::generic_category().message(error));
}

}  // namespace applivery::program
