#include "apps_file.hpp"

#include "signals.hpp"
#include "text/descriptor.hpp"
#include "text/trimmed.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <sstream>

namespace applivery::program {

Result<std::vector<std::string>> readAppsFile(const std::string& path) {
    const auto invalidFile = [&](const std::string& fault) {
        return Error(ErrorKind::invalidArgument, fmt::format("{} {}", path, fault));
    };
    constexpr std::size_t maxSize = std::size_t{16} << 20U;
    const Signals signals;
    const Result<std::string> text = readInput(path, maxSize, signals.token());
    if (!text && text.error().kind() == ErrorKind::cancelled) return interruption("reading the apps");
    if (!text) return invalidFile("cannot be read: " + text.error().message());
    if (text->size() == maxSize) return invalidFile("is too long; write one id or slug per line");
    std::istringstream file(*text);
    std::vector<std::string> apps;
    bool isFirst = true;
    for (std::string line; std::getline(file, line); isFirst = false) {
        const std::string app(trimmed(isFirst ? withoutByteOrderMark(line) : line));
        if (!app.empty() && app.front() != '#') apps.push_back(app);
    }
    if (apps.empty()) return invalidFile("names no app; write one id or slug per line");
    return apps;
}

}  // namespace applivery::program
