/// @file
/// Measures the iteration over 100 pages of 100 builds over TLS, HTTP/2 and gzip, with responses delayed by 50 ms.
/// Compares this library with a loop on libcurl and JSON documents, and with a bare curl_multi program with simdjson.
/// Runs separate programs in turns and prints medians. Then measures the memory of an iteration over ten times as many
/// pages.
#include "mock_server/child_process.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using applivery::mock::ChildProcess;
using Milliseconds = std::chrono::duration<double, std::milli>;

struct Run {
    double wall = 0;  // milliseconds
    double cpu = 0;   // milliseconds, user and system
    double peak = 0;  // kB
};

Run run(const std::vector<std::string>& command, std::size_t builds) {
    const auto began = std::chrono::steady_clock::now();
    ChildProcess child(command);
    const std::string count = child.readLine();
    const applivery::mock::ProcessResult end = child.wait();
    const Milliseconds wall = std::chrono::steady_clock::now() - began;
    if (end.code != 0 || count != std::to_string(builds))
        throw std::runtime_error(command.front() + " brought " + count);
    return {wall.count(), Milliseconds(end.cpu).count(), static_cast<double>(end.peakKilobytes)};
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

Run median(const std::vector<Run>& runs) {
    const auto of = [&](double Run::*figure) {
        std::vector<double> values;
        for (const Run& run : runs) values.push_back(run.*figure);
        return median(std::move(values));
    };
    return {of(&Run::wall), of(&Run::cpu), of(&Run::peak)};
}

class Service {
public:
    explicit Service(const std::string& folder, int pages)
        : process_({folder + "/applivery_walk_server", std::to_string(pages)}),
          url_(process_.readLine()),
          caFile_(process_.readLine()),
          builds_(static_cast<std::size_t>(pages) * 100) {}

    [[nodiscard]] Run walk(const std::string& program, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> command{program, url_, caFile_};
        command.insert(command.end(), more.begin(), more.end());
        return run(command, builds_);
    }

private:
    ChildProcess process_;
    std::string url_;
    std::string caFile_;
    std::size_t builds_;
};

void print(const std::string& name, const Run& run) {
    std::cout << std::left << std::setw(34) << name << std::right << std::fixed << std::setprecision(0) << std::setw(10)
              << run.wall << std::setw(10) << run.cpu << std::setw(12) << run.peak << '\n';
}

void compare(const std::string& folder, int repetitions) {
    const Service service(folder, 100);
    std::vector<Run> documents;
    std::vector<Run> limits;
    std::vector<Run> walks;
    for (int i = 0; i < repetitions; ++i) {
        limits.push_back(service.walk(folder + "/applivery_walk_by_simdjson", {"8"}));
        walks.push_back(service.walk(folder + "/applivery_walk_by_applivery", {"8"}));
        documents.push_back(service.walk(folder + "/applivery_walk_by_document"));
    }
    const Run document = median(documents);
    const Run limit = median(limits);
    const Run walk = median(walks);
    std::cout << std::left << std::setw(34) << "100 pages of 100 builds" << std::right << std::setw(10) << "wall ms"
              << std::setw(10) << "CPU ms" << std::setw(12) << "peak kB" << '\n';
    print("libcurl, nlohmann/json documents", document);
    print("curl_multi, 8 in flight, simdjson", limit);
    print("this library, prefetch = 8", walk);
    std::cout << std::setprecision(2) << "wall: " << walk.wall / limit.wall << " of simdjson, "
              << document.wall / walk.wall << " times as fast as documents\n"
              << "CPU: " << walk.cpu / limit.cpu << " of simdjson, " << walk.cpu / document.cpu << " of documents\n";
}

void compareMemory(const std::string& folder, int repetitions) {
    const auto peakOf = [&](int pages) {
        const Service service(folder, pages);
        std::vector<Run> runs;
        for (int i = 0; i < repetitions; ++i)
            runs.push_back(service.walk(folder + "/applivery_walk_by_applivery", {"8"}));
        return median(runs).peak;
    };
    const auto idsOf = [&](std::size_t count) {
        return run({folder + "/applivery_walk_ids", std::to_string(count)}, count).peak;
    };
    const double few = peakOf(100);
    const double many = peakOf(1000);
    const double ids = idsOf(100'000) - idsOf(10'000);
    std::cout << std::setprecision(0) << "peak memory: " << few << " kB of 100 pages, " << many << " kB of 1,000, "
              << ids << " kB of which are the further ids: " << std::setprecision(2) << (many - ids) / few << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::string program = argv[0];
    const std::string folder = program.substr(0, program.rfind('/'));
    const int repetitions = argc > 1 ? std::atoi(argv[1]) : 9;
    try {
        compare(folder, repetitions);
        compareMemory(folder, 3);
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << '\n';
        return 1;
    }
}
