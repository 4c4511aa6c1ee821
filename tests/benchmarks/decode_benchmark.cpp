/// @file
/// Measures the decoding of a page of 100 builds: this library against a nlohmann/json document. Both fill the same
/// structs. The counter `peak_kB` is the peak heap memory of one decode, including the result.
#include "benchmarks/dom_decoder.hpp"
#include "benchmarks/page_of_builds.hpp"
#include "response/response.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <string>
#include <utility>

namespace {

// The benchmarks run on one thread. The counts use the sizes that malloc has really allocated.
std::size_t heapNow = 0;
std::size_t heapPeak = 0;

void* countedAllocate(std::size_t size) {
    void* const memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    heapNow += malloc_usable_size(memory);
    heapPeak = std::max(heapPeak, heapNow);
    return memory;
}

void countedFree(void* memory) noexcept {
    heapNow -= malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
    return countedAllocate(size);
}
void operator delete(void* memory) noexcept {
    countedFree(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    countedFree(memory);
}

namespace {

template <typename Decode>
void measure(benchmark::State& state, Decode decode) {
    const applivery::benchmarks::PlaceOfPage place;
    const std::string page = applivery::benchmarks::pageOfBuilds(place);
    std::size_t peak = 0;
    for (auto _ : state) {
        applivery::HttpResponse response;
        response.status = 200;
        response.body = page;
        const std::size_t before = heapNow;
        heapPeak = heapNow;
        const auto builds = decode(std::move(response));
        if (builds.size() != place.builds) state.SkipWithError("the page was not decoded");
        peak = heapPeak - before;
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * page.size()));
    state.counters["peak_kB"] = static_cast<double>(peak) / 1000;
}

void applivery_decoder(benchmark::State& state) {
    const applivery::detail::Secret secret("app-token-0123456789");
    measure(state, [&](applivery::HttpResponse response) {
        auto decoded = applivery::detail::readResponse(std::move(response), {}, secret);
        return decoded ? std::move(decoded->items) : std::vector<applivery::Build>{};
    });
}

void nlohmann_document(benchmark::State& state) {
    measure(state, [](const applivery::HttpResponse& response) {
        return applivery::benchmarks::decodeByDocument(response.body);
    });
}

BENCHMARK(nlohmann_document)->Unit(benchmark::kMicrosecond);
BENCHMARK(applivery_decoder)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
