#include "apps_file.hpp"

#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

namespace applivery::program {
Result<std::vector<std::string>> readAppsFile(const std::string& path) {
    const auto refused = [&](const std::string& why) {
        return Error(ErrorKind::invalidArgument, fmt::format("{} {}", path, why));
    };
    errno = 0;
    std::ifstream named;
    if (path != "-") named.open(path);
    std::istream& file = path == "-" ? std::cin : named;
    std::vector<std::string> apps;
    bool isFirst = true;
    for (std::string line; std::getline(file, line); isFirst = false) {
        const std::string app(trimmed(isFirst ? withoutByteOrderMark(line) : line));
        if (!app.empty() && app.front() != '#') apps.push_back(app);
    }
    if (!file.eof()) return refused("cannot be read: " + std::generic_category().message(errno));
    if (apps.empty()) return refused("names no app; write an id or slug on each line");
    return apps;
}

}  // namespace applivery::program
