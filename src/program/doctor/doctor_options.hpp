/// @file
/// The options of `applivery-builds doctor`.
#pragma once

#include "command.hpp"
#include "output_format.hpp"

#include <memory>

namespace applivery::program {

struct DoctorOptions {
    ConnectionOptions connection;
    Format format = Format::table;  ///< Table, JSON or Markdown.
    bool hasNoColor = false;
    bool isProbe = false;      ///< Whether to probe the service, too.
    bool isConfirmed = false;  ///< Whether the probe starts without asking for confirmation.
};

[[nodiscard]] std::unique_ptr<Command> makeDoctorCommand();

}  // namespace applivery::program
