#include "apps_file.hpp"

#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

namespace applivery::program {

Result<std::vector<std::string>> readAppsFile(const std::string& path) {
    const auto invalidFile = [&](const std::string& fault) {
        return Error(ErrorKind::invalidArgument, fmt::format("{} {}", path, fault));
    };
    errno = 0;
    std::ifstream namedFile;
    if (path != "-") namedFile.open(path);
    std::istream& file = path == "-" ? std::cin : namedFile;
    std::vector<std::string> apps;
    bool isFirst = true;
    for (std::string line; std::getline(file, line); isFirst = false) {
        const std::string app(trimmed(isFirst ? withoutByteOrderMark(line) : line));
        if (!app.empty() && app.front() != '#') apps.push_back(app);
    }
    if (!file.eof()) return invalidFile("cannot be read: " + std::generic_category().message(errno));
    if (apps.empty()) return invalidFile("names no app; write one id or slug per line");
    return apps;
}

}  // namespace applivery::program
