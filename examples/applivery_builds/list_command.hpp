/// @file
/// `applivery-builds list`: one page of builds, in the form asked for.
#pragma once

#include <applivery/build_filter.hpp>

#include <string>

namespace applivery::program {

enum class Format { table, json, ndjson, csv };

struct ListOptions {
    BuildFilter filter;
    Page page;
    Format format = Format::table;
    std::string tokenFile;     ///< `-` is standard input; empty: the environment.
    std::string organization;  ///< Empty: the environment.
    std::string application;   ///< Empty: the environment.
    std::string baseUrl;       ///< Empty: the environment.
    std::string outFile;       ///< Empty: standard output.
};

/// @return the exit code.
[[nodiscard]] int list(const ListOptions& options);

}  // namespace applivery::program
