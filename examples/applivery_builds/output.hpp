/// @file
/// A page of builds in each form that the program prints.
#pragma once

#include <applivery/build_page.hpp>

#include <cstddef>
#include <string>

namespace applivery::program {

/// For people. Only free text is shortened to fit `columns`; 0 shortens nothing. The id is last and whole.
[[nodiscard]] std::string asTable(const BuildPage& page, std::size_t columns);

/// One document, with the service's own names; what is absent is left out.
[[nodiscard]] std::string asJson(const BuildPage& page);

/// One build a line, as asJson() writes it.
[[nodiscard]] std::string asNdjson(const BuildPage& page);

/// RFC 4180, with a header.
[[nodiscard]] std::string asCsv(const BuildPage& page);

/// RFC 3339 in UTC, with milliseconds.
[[nodiscard]] std::string timeText(std::chrono::system_clock::time_point time);

}  // namespace applivery::program
