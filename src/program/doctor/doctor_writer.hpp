/// @file
/// What was found, as lines for a terminal, as Markdown for a report of a fault, or as JSON.
#pragma once

#include "doctor/assumptions.hpp"
#include "doctor/finding.hpp"

#include <string>

namespace applivery::program {

struct Diagnosis {
    Findings findings;
    Assumptions unknowns{};  ///< Of a probe alone.
    int requests = 0;        ///< That the probe sent.
};

/// Of the first that failed.
[[nodiscard]] ExitCode exitCodeOf(const Findings& findings);

[[nodiscard]] std::string diagnosisText(const Diagnosis& diagnosis, bool hasColors);
[[nodiscard]] std::string diagnosisMarkdown(const Diagnosis& diagnosis);
[[nodiscard]] std::string diagnosisJson(const Diagnosis& diagnosis);

}  // namespace applivery::program
