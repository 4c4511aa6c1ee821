/// @file
/// The output formats that several commands have.
#pragma once

#include "service_values.hpp"

#include <initializer_list>

namespace applivery::program {

enum class Format { table, json, ndjson, csv, markdown };

/// Returns the formats with the names that `-o` accepts.
[[nodiscard]] inline NamedValues<Format> namedFormats(std::initializer_list<Format> formats) {
    NamedValues<Format> named;
    for (const Format format : formats) {
        constexpr const char* names[] = {"table", "json", "ndjson", "csv", "markdown"};
        named.emplace_back(names[static_cast<int>(format)], format);
    }
    return named;
}

}  // namespace applivery::program
