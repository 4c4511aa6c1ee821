/// @file
/// Where an overview is shown: on a terminal in the same place each time, elsewhere one after the other.
#pragma once

#include "overview/overview_command.hpp"
#include "overview/overview_writer.hpp"
#include "text/output_file.hpp"

#include <applivery/error.hpp>

#include <chrono>
#include <map>
#include <string>

namespace applivery::program {

class OverviewDisplay {
public:
    explicit OverviewDisplay(const OverviewOptions& options);

    /// Shows the last overview, or the only one. @return the exit code.
    [[nodiscard]] int last(const Overview& overview, int code);

    /// Shows one that others follow. @return whether somebody sees them; else trouble() has the exit code.
    [[nodiscard]] bool show(const Overview& overview, std::chrono::milliseconds interval, int requests);

    /// @param code of what was read, which counts where the reader has gone away.
    [[nodiscard]] int trouble(int code) const;

    void say(const Error& error) const;

private:
    [[nodiscard]] std::string text(const Overview& overview, const std::string& foot) const;
    [[nodiscard]] bool write(const std::string& text);
    void sayFailures(const Overview& overview);

    const OverviewOptions& options_;
    const bool isScreen_;  // one on which it is written anew
    OutputFile out_{""};
    bool hasBegun_ = false;
    std::string error_;  // why it could not be written
    std::string saidOfInterval_;
    std::map<std::string, std::string> said_;  // of the apps that failed last
};

}  // namespace applivery::program
