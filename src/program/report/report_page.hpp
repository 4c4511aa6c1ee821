/// @file
/// A report for people: one HTML page without scripts and without other files, for a CI job to publish or a mail to
/// carry.
#pragma once

#include "report/report.hpp"

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the whole page.
[[nodiscard]] std::string reportPage(const Report& report);

/// The style sheet of the page, and the SHA-256 of its bytes in base64. The Content-Security-Policy of the page allows
/// only this style sheet.
extern const std::string_view reportStyle;
extern const std::string_view reportStyleHash;

}  // namespace applivery::program
