/// @file
/// The commands of the program. To add a command, write it in a folder of its own, list its files in CMakeLists.txt,
/// and add a row to command_table.cpp.
#pragma once

#include "command.hpp"

#include <memory>
#include <vector>

namespace applivery::program {

/// One command.
struct CommandRow {
    const char* name;
    const char* description;  ///< One line of `--help`.
    std::unique_ptr<Command> (*make)();
    bool isHidden = false;  ///< Omitted from `--help`, the man page and the completions.
};

/// Returns the commands in the order of `--help`.
[[nodiscard]] const std::vector<CommandRow>& commandTable();

}  // namespace applivery::program
