/// @file
/// Compares `applivery-builds report` about 20,000 builds with an iteration over the same builds, which only counts
/// them. Runs both in turns over TLS, HTTP/2 and gzip, with responses delayed by 50 ms, and prints medians and their
/// ratios. Arguments: path of applivery-builds, and number of runs.
#include "benchmarks/walk/walked_service.hpp"

#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

namespace {

using applivery::benchmarks::Run;
using applivery::benchmarks::Service;

// Writes the page and the numbers for Prometheus.
Run report(const std::string& program, const std::string& page) {
    return applivery::benchmarks::run({program, "report", "--html", page, "-o", "openmetrics", "-O", page + ".prom"},
                                      "");
}

void print(const char* name, const Run& run) {
    std::cout << std::left << std::setw(24) << name << std::right << std::fixed << std::setprecision(0) << std::setw(10)
              << run.wall << std::setw(10) << run.cpu << std::setw(12) << run.peak << '\n';
}

void compare(const std::string& folder, const std::string& program, int repetitions) {
    constexpr int pages = 200;
    const Service service(folder, pages);
    setenv("APPLIVERY_APP_TOKEN", "app-token", 1);
    setenv("APPLIVERY_BASE_URL", service.url().c_str(), 1);
    setenv("CURL_CA_BUNDLE", service.caFile().c_str(), 1);
    std::vector<Run> walks;
    std::vector<Run> reports;
    for (int i = 0; i < repetitions; ++i) {
        walks.push_back(service.walk("applivery_walk_by_applivery", {"4"}));  // pages ahead, as the program
        reports.push_back(report(program, folder + "/report.html"));
    }
    const Run walk = median(walks);
    const Run whole = median(reports);
    std::cout << std::left << std::setw(24) << "20,000 builds" << std::right << std::setw(10) << "wall ms"
              << std::setw(10) << "CPU ms" << std::setw(12) << "peak kB" << '\n';
    print("iteration, prefetch = 4", walk);
    print("report, page and metrics", whole);
    std::cout << std::setprecision(2) << "report / iteration: wall " << whole.wall / walk.wall << ", CPU "
              << whole.cpu / walk.cpu << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const std::string benchmark = argv[0];
    try {
        compare(benchmark.substr(0, benchmark.rfind('/')), argv[1], argc > 2 ? std::atoi(argv[2]) : 9);
    } catch (const std::exception& exception) {
        std::cerr << exception.what() << '\n';
        return 1;
    }
}
