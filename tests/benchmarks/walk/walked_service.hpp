/// @file
/// Runs programs against the server of the benchmarks, and measures them from outside.
#pragma once

#include "mock_server/child_process.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace applivery::benchmarks {

struct Run {
    double wall = 0;  // milliseconds
    double cpu = 0;   // milliseconds, user and system
    double peak = 0;  // kB
};

/// Runs a command. @throws std::runtime_error unless it succeeds and its first line is `output`.
inline Run run(const std::vector<std::string>& command, const std::string& output) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    const auto began = std::chrono::steady_clock::now();
    mock::ChildProcess child(command);
    const std::string line = child.readLine();
    const mock::ProcessResult end = child.wait();
    const Milliseconds wall = std::chrono::steady_clock::now() - began;
    if (end.code != 0 || line != output) throw std::runtime_error(command.front() + " printed " + line);
    return {wall.count(), Milliseconds(end.cpu).count(), static_cast<double>(end.peakKilobytes)};
}

inline double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

inline Run median(const std::vector<Run>& runs) {
    const auto of = [&](double Run::*figure) {
        std::vector<double> values;
        for (const Run& run : runs) values.push_back(run.*figure);
        return median(std::move(values));
    };
    return {of(&Run::wall), of(&Run::cpu), of(&Run::peak)};
}

/// The server of the benchmarks, with pages of 100 builds.
class Service {
public:
    /// @param folder the directory of the programs.
    Service(const std::string& folder, int pages)
        : folder_(folder),
          process_({folder + "/applivery_walk_server", std::to_string(pages)}),
          url_(process_.readLine()),
          caFile_(process_.readLine()),
          builds_(static_cast<std::size_t>(pages) * 100) {}

    [[nodiscard]] const std::string& url() const noexcept { return url_; }
    [[nodiscard]] const std::string& caFile() const noexcept { return caFile_; }

    /// Runs a program that iterates over all builds and prints their number.
    [[nodiscard]] Run walk(const std::string& program, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> command{folder_ + '/' + program, url_, caFile_};
        command.insert(command.end(), more.begin(), more.end());
        return run(command, std::to_string(builds_));
    }

private:
    std::string folder_;
    mock::ChildProcess process_;
    std::string url_;
    std::string caFile_;
    std::size_t builds_;
};

}  // namespace applivery::benchmarks
