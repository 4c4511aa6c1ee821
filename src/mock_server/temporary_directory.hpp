/// @file
/// A directory for the files of one run, gone when its owner is.
#pragma once

#include <filesystem>

namespace applivery::mock {

/// Makes a directory of its own under the system's temporary one, readable by this user alone, and removes it with all
/// that is in it.
class TemporaryDirectory {
public:
    /// @throws std::runtime_error where it cannot be made.
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace applivery::mock
