/// @file
/// `applivery-builds generate`: prints the man page or the completions of a shell, for packagers.
#pragma once

#include "command.hpp"

#include <memory>

namespace applivery::program {

[[nodiscard]] std::unique_ptr<Command> makeGenerateCommand();

}  // namespace applivery::program
