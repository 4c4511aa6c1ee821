/// @file
/// `applivery-builds list`: one page of builds, or all of them, of one app or several; `latest`: the newest that
/// matches.
#pragma once

#include "build_writer.hpp"
#include "connection.hpp"

#include <applivery/build_filter.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace applivery::program {

struct ListOptions {
    ConnectionOptions connection;
    BuildFilter filter;
    Page page;
    bool isWhole = false;                                        ///< All pages, and not one.
    std::optional<std::chrono::system_clock::time_point> since;  ///< Of all pages, what was made since.
    std::optional<std::string> branch;                           ///< These three are compared here, with what came.
    std::optional<std::string> commit;
    std::optional<std::string> tag;
    bool isLatest = false;  ///< The newest that matches alone, on whichever page it is.
    Format format = Format::table;
    std::vector<std::string> fields;  ///< Of table, CSV and Markdown; empty: the usual ones.
    bool hasNoColor = false;
    std::string outFile;  ///< Empty: standard output.
};

/// Also `applivery-builds latest`. @return the exit code.
[[nodiscard]] int list(const ListOptions& options);

}  // namespace applivery::program
