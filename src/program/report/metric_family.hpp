/// @file
/// Writes metric families in the text format of OpenMetrics, which Prometheus reads too.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace applivery::program {

/// Names and values of labels. The values are printable.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Escapes printable text for a help text. Replaces quotes by apostrophes, because the two formats differ: OpenMetrics
/// requires that quotes are escaped, and the text format of Prometheus forbids this escape.
[[nodiscard]] std::string metricHelp(std::string text);

/// Returns the labels in braces.
[[nodiscard]] std::string labelText(const Labels& labels);

/// Returns the labels and one more label in braces.
[[nodiscard]] std::string labelText(Labels labels, const char* addedName, const std::string& addedValue);

/// Writes one metric family.
class MetricFamily {
public:
    /// @param out text to which the family is appended.
    /// @param type of OpenMetrics, such as `gauge`.
    /// @param unit empty if there is none.
    /// @param help metricHelp(), if it contains text of the service or the user.
    MetricFamily(std::string& out, std::string name, const char* type, const char* unit, const std::string& help);

    /// Adds a sample.
    /// @param labels labelText(); may be empty.
    /// @param suffix of the family's name, such as `_bucket`.
    void add(const std::string& labels, double value, const char* suffix = "");

private:
    std::string& out_;
    const std::string name_;
};

}  // namespace applivery::program
