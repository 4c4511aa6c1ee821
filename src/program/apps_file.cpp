#include "apps_file.hpp"

#include "signals.hpp"
#include "text/descriptor.hpp"
#include "text/text_format.hpp"
#include "text/trimmed.hpp"

#include <applivery/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

namespace applivery::program {
namespace {

constexpr std::size_t maxColumnsOfName = 100;

bool isIdCharacter(unsigned char c) {
    constexpr std::string_view marks = "-._~";
    return c < 0x80 && (std::isalnum(c) != 0 || marks.find(static_cast<char>(c)) != std::string_view::npos);
}

// Returns why the name to show is invalid, or std::nullopt for a valid name.
std::optional<std::string> faultOfName(const std::string& name) {
    const bool isPrintable = printable(name) == name;  // printable() changes control characters and invalid UTF-8
    if (!isPrintable) return "the name to show has a control character, or is not UTF-8";
    if (displayWidth(name) <= maxColumnsOfName) return std::nullopt;
    return fmt::format("the name to show takes more than {} columns", maxColumnsOfName);
}

ListedApp splitLine(std::string_view line) {
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    return {std::string(line.substr(0, end)), std::string(trimmed(line.substr(end)))};
}

/// Collects the apps, and the line on which each app got its name.
class AppList {
public:
    // Adds the app of a line. Returns why the line is invalid, or std::nullopt for a valid line.
    std::optional<std::string> add(ListedApp listed, std::size_t line) {
        if (!std::all_of(listed.app.begin(), listed.app.end(), isIdCharacter)) {
            return fmt::format("\"{}\" is not an id or slug; write an id or slug, and after a space a name to show",
                               printable(shortened(listed.app, maxColumnsOfName)));
        }
        if (auto fault = faultOfName(listed.name)) return fault;
        if (!listed.name.empty()) {
            const auto entry = names_.try_emplace(listed.app, listed.name, line).first;  // keeps an earlier name
            const auto& [firstName, firstLine] = entry->second;
            if (firstName != listed.name) {
                return fmt::format("{} has another name on line {}; remove one", listed.app, firstLine);
            }
        }
        apps_.push_back(std::move(listed));
        return std::nullopt;
    }

    [[nodiscard]] std::vector<ListedApp> apps() && { return std::move(apps_); }

private:
    std::vector<ListedApp> apps_;
    std::map<std::string, std::pair<std::string, std::size_t>> names_;  // first name and its line, by app
};

}  // namespace

Result<std::vector<ListedApp>> parseApps(std::string_view text) {
    std::istringstream file{std::string(withoutByteOrderMark(text))};
    AppList apps;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const std::string_view content = trimmed(line);
        if (content.empty() || content.front() == '#') continue;
        if (const auto fault = apps.add(splitLine(content), number)) {
            return Error(ErrorKind::invalidArgument, fmt::format("line {}: {}", number, *fault));
        }
    }
    return std::move(apps).apps();
}

Result<std::vector<ListedApp>> readAppsFile(const std::string& path) {
    const auto invalidFile = [&](const std::string& fault) {
        return Error(ErrorKind::invalidArgument, fmt::format("{} {}", path, fault));
    };
    constexpr std::size_t maxSize = std::size_t{16} << 20U;
    const Signals signals;
    const Result<std::string> text = readInput(path, maxSize, signals.token());
    if (!text && text.error().kind() == ErrorKind::cancelled) return interruption("reading the apps");
    if (!text) return invalidFile("cannot be read: " + text.error().message());
    // readInput() stops at maxSize, so the file may be longer.
    if (text->size() == maxSize) return invalidFile("is too long; write one id or slug per line");
    Result<std::vector<ListedApp>> apps = parseApps(*text);
    if (!apps) return invalidFile("is not valid: " + apps.error().message());
    if (apps->empty()) return invalidFile("names no app; write one id or slug per line");
    return apps;
}

}  // namespace applivery::program
