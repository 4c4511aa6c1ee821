/// @file
/// Measures the iteration over 100 pages of 100 builds over TLS, HTTP/2 and gzip, with responses delayed by 50 ms.
/// Compares this library with a loop on libcurl and JSON documents, and with a bare curl_multi program with simdjson.
/// Runs separate programs in turns and prints medians. Then measures the memory of an iteration over ten times as many
/// pages.
#include "benchmarks/walk/walked_service.hpp"

#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace {

using applivery::benchmarks::median;
using applivery::benchmarks::Run;
using applivery::benchmarks::Service;

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
        limits.push_back(service.walk("applivery_walk_by_simdjson", {"8"}));
        walks.push_back(service.walk("applivery_walk_by_applivery", {"8"}));
        documents.push_back(service.walk("applivery_walk_by_document"));
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
        for (int i = 0; i < repetitions; ++i) runs.push_back(service.walk("applivery_walk_by_applivery", {"8"}));
        return median(runs).peak;
    };
    const auto idsOf = [&](std::size_t count) {
        const std::string number = std::to_string(count);
        return applivery::benchmarks::run({folder + "/applivery_walk_ids", number}, number).peak;
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
