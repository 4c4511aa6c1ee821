/// @file
/// Formats a diagnosis: for a terminal, as Markdown for a bug report, or as JSON.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/finding.hpp"

#include <string>

namespace applivery::program {

struct Diagnosis {
    Findings findings;
    Assumptions assumptions{};  ///< Results of a probe; empty without one.
    int requests = 0;           ///< Number of requests that the probe sent.
};

/// Returns the exit code of the first failed check.
[[nodiscard]] ExitCode exitCodeOf(const Findings& findings);

[[nodiscard]] std::string diagnosisText(const Diagnosis& diagnosis, bool hasColors);
[[nodiscard]] std::string diagnosisMarkdown(const Diagnosis& diagnosis);
[[nodiscard]] std::string diagnosisJson(const Diagnosis& diagnosis);

}  // namespace applivery::program
