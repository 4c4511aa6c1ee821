/// @file
/// A report for people: one page of HTML that needs nothing besides, without a script. A CI job can publish it, and a
/// mail can carry it.
#pragma once

#include "report/report.hpp"

#include <string>
#include <string_view>

namespace applivery::program {

[[nodiscard]] std::string reportPage(const Report& report);

/// The style sheet of the page, and by what its Content-Security-Policy allows it alone: the SHA-256 of its bytes, in
/// base64.
extern const std::string_view reportStyle;
extern const std::string_view reportStyleHash;

}  // namespace applivery::program
