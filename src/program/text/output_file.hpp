/// @file
/// Where the program's data goes: standard output, or a file that is replaced only by a whole one.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::program {

/// Who may read a file that is made.
enum class Readers {
    usual,  ///< As of the one that is replaced, or of any new one.
    owner,  ///< Nobody else.
};

class OutputFile {
public:
    /// @param path empty or `-` for standard output.
    explicit OutputFile(std::string path, Readers readers = Readers::usual)
        : path_(std::move(path)), readers_(readers) {}
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    ~OutputFile();

    /// Makes a file beside the one that is named; what is no regular file is written to as it is. @return why not.
    [[nodiscard]] std::optional<std::string> open();

    /// @return why not. A reader that has gone away is no reason, and ends it: see isBrokenPipe().
    [[nodiscard]] std::optional<std::string> write(std::string_view text);

    /// What has become of the named file without commit(): a few words, or none for what is written to as it is.
    [[nodiscard]] std::string state() const;

    /// Puts what was written in the place of the named file. @return why not.
    [[nodiscard]] std::optional<std::string> commit();

    /// Whether nobody reads any more.
    [[nodiscard]] bool isBrokenPipe() const noexcept { return isUseless_; }

private:
    [[nodiscard]] std::string failure(int why) const;

    struct Close {
        void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    };
    std::string path_;
    Readers readers_;
    std::string beside_;  // the name of what is to take its place
    std::unique_ptr<std::FILE, Close> file_;
    bool isUseless_ = false;
};

/// Where an OutputFile of this path is in the end, whatever links lead there.
[[nodiscard]] std::string outputTarget(const std::string& path);

}  // namespace applivery::program
