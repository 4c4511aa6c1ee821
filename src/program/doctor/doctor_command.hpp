/// @file
/// `applivery-builds doctor`: checks step by step why a command fails on this machine. With `--probe`, also checks what
/// the program assumes about the service.
#pragma once

#include "doctor/doctor_options.hpp"

namespace applivery::program {

/// Runs the command. @return the exit code of the process.
[[nodiscard]] ExitCode doctor(const DoctorOptions& options);

}  // namespace applivery::program
