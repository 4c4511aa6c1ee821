#include "text/output_file.hpp"

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

// A new file beside the path. @return its descriptor.
int makeBeside(std::string& beside, Readers readers) {
    const std::string target = beside;
    beside += ".XXXXXX";
    const int descriptor = mkstemp(beside.data());
    if (descriptor < 0 || readers == Readers::owner) return descriptor;  // as mkstemp() made it
    struct stat there {};
    const mode_t mask = umask(0);
    umask(mask);
    constexpr mode_t usual = 0666;
    const mode_t mode = stat(target.c_str(), &there) == 0 ? (there.st_mode & 07777U) : (usual & ~mask);
    (void)fchmod(descriptor, mode);
    return descriptor;
}

}  // namespace

// Any of the links may lead to what is not there yet.
std::string outputTarget(const std::string& path) {
    constexpr int mostLinks = 40;
    std::error_code fault;
    fs::path target = path.empty() || path == "-" ? "/dev/stdout" : path;
    for (int i = 0; i < mostLinks && fs::is_symlink(fs::symlink_status(target, fault)); ++i) {
        target = target.parent_path() / fs::read_symlink(target, fault);
    }
    const fs::path whole = fs::weakly_canonical(fs::absolute(target, fault), fault);
    return (fault ? target : whole).string();
}

OutputFile::~OutputFile() {
    if (!beside_.empty()) std::remove(beside_.c_str());
}

std::optional<std::string> OutputFile::open() {
    if (path_ == "-") path_.clear();
    if (path_.empty()) return std::nullopt;
    std::error_code fault;
    const fs::path target = fs::weakly_canonical(path_, fault);  // a link is followed, and stays
    const bool isNew = !fs::exists(target, fault) && !fs::is_symlink(fs::symlink_status(path_, fault));
    if (isNew || fs::is_regular_file(target, fault)) {
        beside_ = target.string();
        const int descriptor = makeBeside(beside_, readers_);
        if (descriptor >= 0) file_.reset(fdopen(descriptor, "w"));
        if (descriptor < 0) beside_.clear();
    } else {
        file_.reset(std::fopen(path_.c_str(), "w"));
    }
    if (!file_) return failure(errno);
    return std::nullopt;
}

std::string OutputFile::state() const {
    if (beside_.empty()) return {};
    std::error_code fault;
    return path_ + (fs::exists(path_, fault) ? " is as it was" : " was not written");
}

std::optional<std::string> OutputFile::write(std::string_view text) {
    std::FILE* const file = file_ ? file_.get() : stdout;
    if (std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0) return std::nullopt;
    const int why = errno;
    isUseless_ = why == EPIPE;
    if (isUseless_) return std::nullopt;
    return failure(why);
}

std::optional<std::string> OutputFile::commit() {
    if (!file_) return std::nullopt;
    const bool isClosed = std::fclose(file_.release()) == 0;
    if (!isClosed) return failure(errno);
    if (beside_.empty()) return std::nullopt;
    std::error_code fault;
    const std::string target = beside_.substr(0, beside_.rfind('.'));
    fs::rename(beside_, target, fault);
    if (fault) return failure(fault.value());
    beside_.clear();
    return std::nullopt;
}

std::string OutputFile::failure(int why) const {
    return fmt::format("{} cannot be written: {}", path_.empty() ? "standard output" : path_,
                       std::generic_category().message(why));
}

}  // namespace applivery::program
