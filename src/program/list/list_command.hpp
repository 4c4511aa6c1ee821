/// @file
/// `applivery-builds list`: one page of builds, or all of them, of one app or several; `latest`: the newest that
/// matches.
#pragma once

#include "build_walk.hpp"
#include "list/build_writer.hpp"

#include <string>
#include <vector>

namespace applivery::program {

struct ListOptions {
    BuildSelection selection;
    int page = 1;
    bool isWhole = false;   ///< All pages, and not one.
    bool isLatest = false;  ///< The newest that matches alone, on whichever page it is.
    Format format = Format::table;
    std::vector<std::string> fields;  ///< Of table, CSV and Markdown; empty: the usual ones.
    bool hasNoColor = false;
    std::string outFile;  ///< Empty: standard output.
};

/// Also `applivery-builds latest`. @return the exit code.
[[nodiscard]] int list(const ListOptions& options);

}  // namespace applivery::program
