/// @file
/// Writes a report for people as one HTML page. The page has no scripts and needs no other files, so that a CI job can
/// publish the page and an e-mail can contain it.
#pragma once

#include "report/report.hpp"

#include <string>
#include <string_view>

namespace applivery::program {

/// Returns the report as a complete HTML page.
[[nodiscard]] std::string reportPage(const Report& report);

/// The style sheet of the page, and the SHA-256 of the style sheet in base64. The Content-Security-Policy of the page
/// allows only this style sheet.
extern const std::string_view reportStyle;
extern const std::string_view reportStyleHash;

}  // namespace applivery::program
