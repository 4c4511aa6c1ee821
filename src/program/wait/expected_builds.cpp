#include "wait/expected_builds.hpp"

#include "wait/wait_messages.hpp"

#include <algorithm>

namespace applivery::program {
namespace {

// Adds the values of a build that are not empty. If an operating system is given, the name of each value begins with
// it.
void addValues(CiValues& values, const std::string& system, const BuildSelector& selector, const WaitResult& result) {
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) values.emplace_back((system.empty() ? "" : system + '-') + name, value);
    };
    const Build build = result.build.value_or(Build{});
    add("build-id", result.build ? build.id : selector.id.value_or(""));
    add("build-status", build.status.text());
    add("version-name", build.versionName.value_or(""));
    add("version-code", build.versionCode.value_or(""));
    add("error-code", build.errorCode.value_or(""));
}

}  // namespace

std::vector<WaitCommandOptions> optionsOfBuilds(const WaitCommandOptions& options) {
    if (options.expectedSystems.empty()) return {options};
    std::vector<WaitCommandOptions> builds(options.expectedSystems.size(), options);
    for (std::size_t i = 0; i < builds.size(); ++i) builds[i].selector.os = options.expectedSystems[i];
    return builds;
}

std::string systemOf(const WaitCommandOptions& options, std::size_t build) {
    if (options.expectedSystems.empty()) return {};
    return std::string(toText(options.expectedSystems[build]));
}

std::string nameOfBuilds(const WaitCommandOptions& options) {
    std::string name = nameOf(options.selector);
    for (std::size_t i = 0; i < options.expectedSystems.size(); ++i) {
        name += (i == 0 ? " for each of " : ", ") + systemOf(options, i);
    }
    return name;
}

std::string stateOfBuilds(const WaitCommandOptions& options, const std::vector<WaitResult>& results) {
    std::string text;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const std::string system = systemOf(options, i);
        text += (i == 0 ? "" : ", ") + (system.empty() ? "" : system + ' ') + stateOf(results[i]);
    }
    return text;
}

std::chrono::milliseconds elapsedOf(const std::vector<WaitResult>& results) {
    const auto isShorter = [](const WaitResult& a, const WaitResult& b) { return a.elapsed < b.elapsed; };
    return std::max_element(results.begin(), results.end(), isShorter)->elapsed;
}

CiValues valuesOf(const WaitCommandOptions& options, const std::vector<WaitResult>& results) {
    CiValues values;
    for (std::size_t i = 0; i < results.size(); ++i) {
        addValues(values, systemOf(options, i), options.selector, results[i]);
    }
    const auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(elapsedOf(results));
    values.emplace_back("elapsed-seconds", std::to_string(elapsed.count()));
    return values;
}

ExitCode combinedCode(const std::vector<ExitCode>& codes) {
    const auto contains = [&](ExitCode code) { return std::find(codes.begin(), codes.end(), code) != codes.end(); };
    if (contains(ExitCode::buildFailed)) return ExitCode::buildFailed;
    const ExitCode largest = *std::max_element(codes.begin(), codes.end());
    constexpr int firstSignalCode = 129;
    if (toInt(largest) >= firstSignalCode) return largest;
    for (const ExitCode codeWithoutResult :
         {ExitCode::usage, ExitCode::noVerdict, ExitCode::notFound, ExitCode::timedOut, ExitCode::stillPending}) {
        if (contains(codeWithoutResult)) return codeWithoutResult;
    }
    return largest;
}

}  // namespace applivery::program
