/// @file
/// The options of `applivery-builds list` and `latest`.
#pragma once

#include "build_walk.hpp"
#include "command.hpp"
#include "output_format.hpp"

#include <memory>
#include <string>
#include <vector>

namespace applivery::program {

struct ListOptions {
    BuildSelection selection;
    int page = 1;  ///< Number of the page to read, unless `readsAllPages`.
    bool readsAllPages = false;
    bool isLatest = false;  ///< Print only the newest build that matches, whichever page it is on.
    Format format = Format::table;
    std::vector<std::string> fields;  ///< Columns of table, CSV and Markdown. Empty: the default columns.
    bool hasNoColor = false;
    std::string outFile;  ///< Empty: standard output.
};

[[nodiscard]] std::unique_ptr<Command> makeListCommand();
[[nodiscard]] std::unique_ptr<Command> makeLatestCommand();

}  // namespace applivery::program
