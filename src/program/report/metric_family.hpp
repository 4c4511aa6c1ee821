/// @file
/// Writes metric families in the text format of OpenMetrics, which Prometheus reads too.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// Names and values. The values are printable.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Returns printable text for a help text, with apostrophes instead of quotes: the text format of Prometheus has no
/// escaped quotes there, and OpenMetrics no others.
[[nodiscard]] std::string metricHelp(std::string text);

/// Returns the labels in braces. Appends a label with `addedName`, unless that name is empty.
[[nodiscard]] std::string labelText(Labels labels, const char* addedName = "", const std::string& addedValue = "");

/// Writes one metric family.
class MetricFamily {
public:
    /// @param unit empty if there is none. @param help metricHelp(), if it contains text of the service or the user.
    MetricFamily(std::string& out, std::string name, const char* type, const char* unit, const std::string& help);

    /// Adds a sample. @param labels labelText()
    void add(const std::string& labels, double value, const char* suffix = "");

private:
    std::string& out_;
    const std::string name_;
};

}  // namespace applivery::program
