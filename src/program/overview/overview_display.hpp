/// @file
/// Prints overviews: on a terminal each in the place of the last one, elsewhere one below the other.
#pragma once

#include "overview/overview.hpp"
#include "overview/overview_options.hpp"
#include "text/output_file.hpp"

#include <applivery/error.hpp>

#include <chrono>
#include <map>
#include <string>

namespace applivery::program {

/// Prints overviews to standard output, and the errors of their apps to standard error.
class OverviewDisplay {
public:
    explicit OverviewDisplay(const OverviewOptions& options);

    /// Prints the last overview, or the only one. @return the exit code.
    [[nodiscard]] ExitCode showLast(const Overview& overview, ExitCode code);

    /// Prints an overview that others follow.
    /// @param interval from one refresh to the next.
    /// @param isResized whether the terminal has another size than for the last overview.
    /// @return false after a write error, or if the output is closed. See codeOfWriteError().
    [[nodiscard]] bool show(const Overview& overview, std::chrono::milliseconds interval, bool isResized);

    /// Returns whether an overview replaces the last one, on a terminal that can move the cursor.
    [[nodiscard]] bool isRedrawn() const noexcept { return isRedrawn_; }

    /// Prints the write error, if there is one.
    /// @param code exit code of the overview, returned if the output was closed.
    [[nodiscard]] ExitCode codeOfWriteError(ExitCode code) const;

    void print(const Error& error) const;

private:
    [[nodiscard]] std::string formatted(const Overview& overview) const;
    [[nodiscard]] std::string screenText(const Overview& overview, const std::string& footer, bool isResized) const;
    [[nodiscard]] bool hasColors() const;
    [[nodiscard]] bool write(const std::string& text);
    void printFailures(const Overview& overview);

    const OverviewOptions& options_;
    const bool isForPrograms_;
    const bool isRedrawn_;
    OutputFile out_{""};
    bool hasPrinted_ = false;
    std::string writeError_;
    std::string printedInterval_;                         // the note of the last extended interval
    std::map<std::string, std::string> printedFailures_;  // messages by app, of the last refresh
};

}  // namespace applivery::program
