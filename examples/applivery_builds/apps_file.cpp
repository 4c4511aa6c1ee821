#include "apps_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace applivery::program {
namespace {

std::string trimmed(const std::string& line) {
    constexpr const char* space = " \t\r\v\f";
    const std::size_t first = line.find_first_not_of(space);
    return first == std::string::npos ? "" : line.substr(first, line.find_last_not_of(space) - first + 1);
}

}  // namespace

Result<std::vector<std::string>> readAppsFile(const std::string& path) {
    const auto refused = [&](const std::string& why) {
        return Error(ErrorKind::invalidArgument, fmt::format("{} {}", path, why));
    };
    errno = 0;
    std::ifstream file(path);
    std::vector<std::string> apps;
    for (std::string line; std::getline(file, line);) {
        const std::string app = trimmed(line);
        if (!app.empty() && app.front() != '#') apps.push_back(app);
    }
    if (!file.eof()) return refused("cannot be read: " + std::generic_category().message(errno));
    if (apps.empty()) return refused("names no app; write an id or slug on each line");
    return apps;
}

}  // namespace applivery::program
