/// @file
/// Soak test: threads share a connection pool and list builds without a pause. Of a hundred responses, one is cut off,
/// one is a refusal, one never arrives and one is invalid. Fails on an unexpected outcome of a call, and if memory,
/// descriptors or threads grow after the first minute. Arguments: minutes (60), threads (32), time-out of a request in
/// seconds (1).
#include "benchmarks/calls/served_pages.hpp"
#include "mock_server/child_process.hpp"
#include "support/process_use.hpp"

#include <applivery/applivery.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using applivery::BuildPage;
using applivery::BuildsClient;
using applivery::Result;
using applivery::test::ProcessUse;
using Clock = std::chrono::steady_clock;
namespace benchmarks = applivery::benchmarks;

const std::map<std::string, applivery::ErrorKind> kindOfFault{
    {benchmarks::cutInBody, applivery::ErrorKind::connection},
    {benchmarks::unavailable, applivery::ErrorKind::server},
    {benchmarks::noAnswer, applivery::ErrorKind::timeout},
    {benchmarks::garbage, applivery::ErrorKind::invalidResponse},
};

/// The request and its expected outcome. A fault that occurs once only delays a call with retries.
struct Call {
    int page = 1;
    std::optional<std::string> fault;
    std::optional<std::uint64_t> once;
};

applivery::BuildFilter filterOf(const Call& call) {
    applivery::BuildFilter filter;
    if (call.fault) filter.extraParameters.emplace_back(benchmarks::faultParameter, *call.fault);
    if (call.once) filter.extraParameters.emplace_back(benchmarks::onceParameter, std::to_string(*call.once));
    return filter;
}

std::string idOfFirstBuild(int page) {
    auto place = benchmarks::servedPages;
    place.number = static_cast<std::size_t>(page);
    return applivery::mock::generatedSpec(place.firstBuild()).id;
}

bool isRight(const Call& call, const Result<BuildPage>& result) {
    if (call.fault && !call.once) {
        return !result && result.error().kind() == kindOfFault.at(*call.fault) && result.error().attempts() == 1;
    }
    return result && result->number == call.page && result->items.size() == benchmarks::servedPages.builds &&
           result->items.front().id == idOfFirstBuild(call.page);
}

struct Load {
    double minutes = 60;
    int threads = 32;
    std::chrono::seconds timeout{1};
};

class Soak {
public:
    Soak(const std::string& baseUrl, const Load& load)
        : transport_(applivery::makeCurlTransport(optionsFor(baseUrl, load, 1))),
          steadfast_(applivery::AppToken{"app-token"}, optionsFor(baseUrl, load, 4), transport_),
          once_(applivery::AppToken{"app-token"}, optionsFor(baseUrl, load, 1), transport_) {
        for (int i = 0; i < load.threads; ++i) {
            threads_.emplace_back([this, i] { listUntilStopped(static_cast<unsigned>(i)); });
        }
    }
    Soak(const Soak&) = delete;
    Soak& operator=(const Soak&) = delete;
    ~Soak() {
        stopped_ = true;
        for (std::thread& thread : threads_) thread.join();
    }

    [[nodiscard]] std::uint64_t calls() const { return calls_; }
    [[nodiscard]] std::uint64_t faults() const { return faults_; }
    [[nodiscard]] std::uint64_t wrong() const { return wrong_; }

private:
    static applivery::ClientOptions optionsFor(const std::string& baseUrl, const Load& load, int attempts) {
        applivery::ClientOptions options;
        options.baseUrl = baseUrl;
        options.maxConnections = load.threads;
        options.requestTimeout = load.timeout;
        options.retry.maxAttempts = attempts;
        options.retry.initialDelay = 10ms;
        return options;
    }

    void listUntilStopped(unsigned seed) {
        std::mt19937_64 random(seed);
        while (!stopped_) {
            const Call call = nextCall(random);
            const BuildsClient& client = call.once ? steadfast_ : once_;
            applivery::Page page;
            page.number = call.page;
            const auto result = client.listBuilds(filterOf(call), page);
            ++calls_;
            if (call.fault) ++faults_;
            if (!isRight(call, result)) report(call, result);
        }
    }

    Call nextCall(std::mt19937_64& random) {
        Call call;
        call.page = 1 + static_cast<int>(random() % benchmarks::servedPages.pages);
        const std::size_t chance = random() % 100;
        if (chance < benchmarks::faults.size()) call.fault = benchmarks::faults.at(chance);
        if (call.fault && random() % 2 == 0) call.once = ++lastOnce_;
        return call;
    }

    void report(const Call& call, const Result<BuildPage>& result) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (++wrong_ > 20) return;
        std::cerr << "wrong: page " << call.page << ", fault " << call.fault.value_or("none")
                  << (call.once ? " once" : "") << ": ";
        if (result) {
            std::cerr << "page " << result->number << " of " << result->items.size() << " builds\n";
        } else {
            std::cerr << result.error() << '\n';
        }
    }

    const std::shared_ptr<applivery::HttpTransport> transport_;
    const BuildsClient steadfast_;
    const BuildsClient once_;
    std::atomic<std::uint64_t> calls_{0};
    std::atomic<std::uint64_t> faults_{0};
    std::atomic<std::uint64_t> wrong_{0};
    std::atomic<std::uint64_t> lastOnce_{0};
    std::atomic<bool> stopped_{false};
    std::mutex mutex_;
    std::vector<std::thread> threads_;
};

ProcessUse larger(const ProcessUse& a, const ProcessUse& b) {
    return {std::max(a.descriptors, b.descriptors), std::max(a.threads, b.threads),
            std::max(a.residentKilobytes, b.residentKilobytes)};
}

ProcessUse peakUntil(Clock::time_point end) {
    ProcessUse peak;
    do {
        std::this_thread::sleep_until(std::min(end, Clock::now() + 200ms));
        peak = larger(peak, applivery::test::processUse());
    } while (Clock::now() < end);
    return peak;
}

void printHead() {
    for (const char* name : {"minute", "calls", "faults", "wrong", "peak kB", "descriptors", "threads"})
        std::cout << std::setw(12) << name;
    std::cout << std::endl;
}

void print(int minute, const Soak& soak, const ProcessUse& peak) {
    std::cout << std::setw(12) << minute << std::setw(12) << soak.calls() << std::setw(12) << soak.faults()
              << std::setw(12) << soak.wrong() << std::setw(12) << peak.residentKilobytes << std::setw(12)
              << peak.descriptors << std::setw(12) << peak.threads << std::endl;
}

// The memory that the system's allocator keeps varies a little.
bool hasGrown(const ProcessUse& first, const ProcessUse& later) {
    return later.descriptors > first.descriptors || later.threads > first.threads ||
           later.residentKilobytes > first.residentKilobytes + first.residentKilobytes / 20;
}

// Returns whether all calls had the expected outcome.
bool run(const std::string& baseUrl, const Load& load) {
    const auto begun = Clock::now();
    const auto end =
        begun + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(load.minutes * 60));
    const Soak soak(baseUrl, load);
    printHead();
    std::optional<ProcessUse> first;
    bool isWell = true;
    for (int minute = 1; Clock::now() < end; ++minute) {
        const ProcessUse peak = peakUntil(std::min(end, begun + minute * 1min));
        print(minute, soak, peak);
        if (!first) first = peak;
        isWell = isWell && !hasGrown(*first, peak);
    }
    if (!isWell) std::cout << "something has grown after the first minute\n";
    return isWell && soak.wrong() == 0;
}

}  // namespace

int main(int argc, char** argv) {
    Load load;
    if (argc > 1) load.minutes = std::atof(argv[1]);
    if (argc > 2) load.threads = std::atoi(argv[2]);
    if (argc > 3) load.timeout = std::chrono::seconds(std::atoi(argv[3]));
    applivery::mock::ChildProcess server({APPLIVERY_PAGE_SERVER});
    const std::string baseUrl = server.readLine();
    const ProcessUse before = applivery::test::processUse();
    const bool isWell = run(baseUrl, load);
    const ProcessUse after = applivery::test::processUse();
    std::cout << "left at the end: " << after.descriptors - before.descriptors << " descriptors, "
              << after.threads - before.threads << " threads" << std::endl;
    return isWell && after.descriptors == before.descriptors && after.threads == before.threads ? 0 : 1;
}
