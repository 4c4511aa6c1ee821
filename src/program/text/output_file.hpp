/// @file
/// The output of the program: standard output, or a file that is replaced only by a complete one.
#pragma once

#include "exit_code.hpp"
#include "text/descriptor.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace applivery::program {

/// Writes to a temporary file beside the target, which commit() renames. Writes directly to standard output, and to a
/// target that is no regular file.
class OutputFile {
public:
    /// @param path empty or `-` for standard output.
    explicit OutputFile(std::string path, Readers readers = Readers::usual)
        : path_(std::move(path)), readers_(readers) {}
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Creates the temporary file, or opens the target. @return the error.
    [[nodiscard]] std::optional<std::string> open();

    /// Writes, and waits while the output accepts nothing. A closed pipe is no error: see isBrokenPipe(). @return the
    /// error.
    [[nodiscard]] std::optional<std::string> write(std::string_view text);

    /// Returns the state of the target if commit() is not called, in a few words; empty if it was written directly.
    [[nodiscard]] std::string state() const;

    /// Replaces the target by the temporary file. @return the error.
    [[nodiscard]] std::optional<std::string> commit();

    /// Returns whether the reader has closed the pipe.
    [[nodiscard]] bool isBrokenPipe() const noexcept { return isBrokenPipe_; }

private:
    [[nodiscard]] std::string messageOf(int error) const;
    [[nodiscard]] int close();

    std::string path_;
    Readers readers_;
    std::string temporary_;  // path of the temporary file; empty if the target is written directly
    int descriptor_ = standardOutput;
    bool isBrokenPipe_ = false;
};

/// Writes to standard output. Prints an error to standard error.
[[nodiscard]] ExitCode printOutput(std::string_view text);

/// Returns a text that identifies the file that an OutputFile writes: the path with all symbolic links resolved, in
/// lower case on systems that ignore the case of file names.
[[nodiscard]] std::string outputTarget(const std::string& path);

}  // namespace applivery::program
