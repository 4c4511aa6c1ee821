/// @file
/// Measures the encoding of a page of 100 builds: this library against nlohmann/json's `dump` of the same document.
#include "benchmarks/page_of_builds.hpp"

#include <applivery/build_json.hpp>

#include <benchmark/benchmark.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace {

const applivery::BuildPage& page() {
    static const applivery::BuildPage read =
        applivery::pageFromJson(applivery::benchmarks::pageOfBuilds(applivery::benchmarks::PlaceOfPage{})).value();
    return read;
}

template <class Write>
void measure(benchmark::State& state, Write write) {
    std::size_t written = 0;
    for (auto _ : state) {
        const std::string text = write();
        written = text.size();
        benchmark::DoNotOptimize(text.data());
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(written));
    state.counters["bytes"] = static_cast<double>(written);
}

void nlohmann_dump(benchmark::State& state) {
    const auto document = nlohmann::ordered_json::parse(applivery::toJson(page()));
    measure(state, [&] { return document.dump(); });
}

void applivery_to_json(benchmark::State& state) {
    measure(state, [] { return applivery::toJson(page()); });
}

BENCHMARK(nlohmann_dump)->Unit(benchmark::kMicrosecond);
BENCHMARK(applivery_to_json)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
