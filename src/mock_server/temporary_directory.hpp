/// @file
/// A temporary directory that its destructor removes.
#pragma once

#include <filesystem>

namespace applivery::mock {

/// Creates a directory below the system's temporary directory. Only the current user can read the directory. The
/// destructor removes the directory with all its files.
class TemporaryDirectory {
public:
    /// @throws std::system_error if the directory cannot be created.
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace applivery::mock
