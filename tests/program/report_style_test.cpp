/// @file
/// The colors of a report's page: the states must differ in lightness, and texts must have enough contrast.
#include "program/report/report_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace applivery::program {
namespace {

// Returns the relative luminance, as WCAG 2 defines it. The color is such as `#fff` or `#1b1f24`.
double luminanceOf(std::string color) {
    if (color.size() == 4) color = {'#', color[1], color[1], color[2], color[2], color[3], color[3]};
    const auto channel = [&](std::size_t firstDigit) {
        const double value = static_cast<double>(std::strtol(color.substr(firstDigit, 2).c_str(), nullptr, 16)) / 255;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

// Returns L* of CIELAB, from 0 to 100.
double lightnessOf(double luminance) {
    return luminance > 0.008856 ? 116 * std::cbrt(luminance) - 16 : 903.3 * luminance;
}

double contrastOf(double a, double b) {
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

// Finds the colors of one scheme: the first of each name after `begin` in the style sheet.
class Scheme {
public:
    explicit Scheme(const char* begin) : text_(reportStyle.substr(reportStyle.find(begin))) {}

    [[nodiscard]] double luminance(const std::string& name) const {
        const std::size_t declaration = text_.find("--" + name + ":");
        EXPECT_NE(declaration, std::string::npos) << name;
        if (declaration == std::string::npos) return 0;
        const std::size_t start = declaration + name.size() + 3;
        return luminanceOf(text_.substr(start, text_.find_first_of(";}", start) - start));
    }

private:
    std::string text_;
};

const char* const schemes[] = {":root{color-scheme:light dark;", "@media (prefers-color-scheme:dark){",
                               "@media print{"};

TEST(ReportStyle, GivesEachStateALightnessOfItsOwn) {
    for (const char* const begin : schemes) {
        const Scheme scheme(begin);
        std::vector<double> values;
        for (const char* const state : {"processed", "failed", "progress", "pending", "other"}) {
            values.push_back(lightnessOf(scheme.luminance(state)));
        }
        std::sort(values.begin(), values.end());
        for (std::size_t i = 1; i < values.size(); ++i) EXPECT_GT(values[i] - values[i - 1], 9) << begin << i;
    }
}

TEST(ReportStyle, GivesTextsEnoughContrast) {
    for (const char* const begin : schemes) {
        const Scheme scheme(begin);
        // 4.5 is the least contrast of level AA of WCAG 2.
        for (const char* const text : {"text", "soft", "link", "mark"}) {
            for (const char* const background : {"back", "card"}) {
                EXPECT_GE(contrastOf(scheme.luminance(text), scheme.luminance(background)), 4.5)
                    << begin << text << background;
            }
        }
    }
}

}  // namespace
}  // namespace applivery::program
