/// @file
/// Measures whole calls over kept loopback connections to a server in another process: this library against libcurl
/// with nlohmann/json documents. First sequential calls, then 32 threads that share a client or have a handle each.
#include "benchmarks/calls/served_pages.hpp"
#include "benchmarks/dom_decoder.hpp"
#include "mock_server/child_process.hpp"

#include <applivery/applivery.hpp>

#include <benchmark/benchmark.h>
#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <string>

namespace {

namespace benchmarks = applivery::benchmarks;

constexpr int manyThreads = 32;

const std::string& baseUrl() {
    static applivery::mock::ChildProcess server({APPLIVERY_PAGE_SERVER});
    static const std::string url = server.readLine();
    return url;
}

std::size_t append(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

void libcurl_and_document(benchmark::State& state) {
    const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
        curl_slist_append(nullptr, "Authorization: Bearer app-token"), curl_slist_free_all);
    const std::string url = baseUrl() + "/v1/integrations/builds" + "?page=1";
    std::string body;
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle.get(), CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &body);
    for (auto _ : state) {
        body.clear();
        const bool isWell = curl_easy_perform(handle.get()) == CURLE_OK;
        if (!isWell || benchmarks::decodeByDocument(body).size() != benchmarks::servedPages.builds)
            state.SkipWithError("no page");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void applivery_client(benchmark::State& state) {
    static const applivery::BuildsClient client = [] {
        applivery::ClientOptions options;
        options.baseUrl = baseUrl();
        options.maxConnections = manyThreads;  // as many as with one handle a thread
        return applivery::BuildsClient(applivery::AppToken{"app-token"}, options);
    }();
    for (auto _ : state) {
        const auto page = client.listBuilds();
        if (!page || page->items.size() != benchmarks::servedPages.builds) state.SkipWithError("no page");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void compared(benchmark::internal::Benchmark* benchmark) {
    benchmark->Unit(benchmark::kMicrosecond)->UseRealTime()->MeasureProcessCPUTime();
}

BENCHMARK(libcurl_and_document)->Apply(compared)->Iterations(1000);
BENCHMARK(applivery_client)->Apply(compared)->Iterations(1000);
BENCHMARK(libcurl_and_document)->Apply(compared)->Threads(manyThreads)->Iterations(300);
BENCHMARK(applivery_client)->Apply(compared)->Threads(manyThreads)->Iterations(300);

}  // namespace

BENCHMARK_MAIN();
