/// @file
/// `applivery-builds doctor`: why it does not work here, step by step; with `--probe`, also what the service does where
/// that is not known for sure.
#pragma once

#include "connection.hpp"
#include "list/build_writer.hpp"

namespace applivery::program {

struct DoctorOptions {
    ConnectionOptions connection;
    Format format = Format::table;  ///< Or json, or markdown.
    bool hasNoColor = false;
    bool isProbe = false;
    bool isConfirmed = false;  ///< Whether a probe may begin without asking.
};

/// @return the exit code.
[[nodiscard]] int doctor(const DoctorOptions& options);

}  // namespace applivery::program
