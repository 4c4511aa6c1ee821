/// @file
/// The time of the statistics and reports in tests.
#pragma once

#include "program/report/report.hpp"
#include "program/text/time_text.hpp"

namespace applivery::test {

inline const program::TimePoint now = program::parseWhen("2024-11-11T12:00:00Z", {}).value();

[[nodiscard]] inline program::Report emptyReport() {
    return {program::BuildStatistics{program::Period{now}}};
}

}  // namespace applivery::test
