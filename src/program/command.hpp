/// @file
/// The interface of a command, such as `applivery-builds list`. See command_table.hpp.
#pragma once

#include "connection.hpp"
#include "exit_code.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace applivery::program {

/// Represents one command of the program: its options, their checks, its help, and what it does.
class Command {
public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    /// Defines the options and the help. The options are stored in this object when the command line is read.
    virtual void defineOptions(CLI::App& command) = 0;

    /// Checks the options together. Throws CLI::ValidationError.
    virtual void validate() {}

    /// Returns the options of the connection; null if the command sends nothing.
    [[nodiscard]] virtual ConnectionOptions* connection() { return nullptr; }

    /// Returns whether the command reads several apps at once.
    [[nodiscard]] virtual bool acceptsSeveralApps() const { return false; }

    /// Returns the files that the command writes. An empty name means no file.
    [[nodiscard]] virtual std::vector<std::string> outputFiles() const { return {}; }

    /// Runs the command after its options were read and checked.
    [[nodiscard]] virtual ExitCode run() = 0;

    /// Prints to standard output that the command line was refused, for a reader of `-o json`.
    virtual void printRefusal(const std::string& message) const { (void)message; }
};

}  // namespace applivery::program
