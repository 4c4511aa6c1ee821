#include "report/metric_family.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace applivery::program {
namespace {

std::string escapedLabel(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string metricHelp(std::string text) {
    std::replace(text.begin(), text.end(), '"', '\'');
    return escapedLabel(text);
}

std::string labelText(Labels labels, const char* addedName, const std::string& addedValue) {
    labels.emplace_back(addedName, addedValue);
    return labelText(labels);
}

std::string labelText(const Labels& labels) {
    std::string text;
    for (const auto& [name, value] : labels) {
        text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", name, escapedLabel(value));
    }
    return text.empty() ? "" : '{' + text + '}';
}

MetricFamily::MetricFamily(std::string& out, std::string name, const char* type, const char* unit,
                           const std::string& help)
    : out_(out), name_(std::move(name)) {
    out_ += fmt::format("# TYPE {} {}\n", name_, type);
    if (*unit != '\0') out_ += fmt::format("# UNIT {} {}\n", name_, unit);
    out_ += fmt::format("# HELP {} {}\n", name_, help);
}

void MetricFamily::add(const std::string& labels, double value, const char* suffix) {
    out_ += fmt::format("{}{}{} {}\n", name_, suffix, labels, value);
}

}  // namespace applivery::program
