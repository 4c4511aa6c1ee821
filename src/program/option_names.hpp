/// @file
/// Replaces names of C++ members in messages of the library by the program's options and variables.
#pragma once

#include "connection.hpp"

#include <applivery/error.hpp>

#include <string>

namespace applivery::program {

/// Returns a message of the library with the program's names. A value that came from a variable of the environment is
/// named by its variable.
[[nodiscard]] std::string withOptionNames(std::string message, const ConnectionOptions& options);

/// Returns the name of the option or the variable that sets the address of the service; `--base-url` if none is set.
[[nodiscard]] const char* sourceOfBaseUrl(const ConnectionOptions& options);

/// Returns the error with the program's names in its message.
[[nodiscard]] Error withOptionNames(Error error, const ConnectionOptions& options);

}  // namespace applivery::program
