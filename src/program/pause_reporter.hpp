/// @file
/// A transport that prints how long the service asks the program to pause.
#pragma once

#include <applivery/http_transport.hpp>

#include <memory>

namespace applivery::program {

/// Returns a transport that prints a line if a response has a `Retry-After` of at least ten seconds. The library pauses
/// without a message. Pauses that end at about the same time are printed once.
[[nodiscard]] std::shared_ptr<HttpTransport> makePauseReporter(std::shared_ptr<HttpTransport> transport);

}  // namespace applivery::program
