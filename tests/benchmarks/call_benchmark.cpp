/// @file
/// Whole calls, one after the other over one connection on loopback: this library against what a user would write on
/// libcurl and a nlohmann/json document.
#include "benchmarks/dom_decoder.hpp"
#include "benchmarks/page_of_builds.hpp"
#include "mock_server/raw_behaviours.hpp"

#include <applivery/applivery.hpp>

#include <benchmark/benchmark.h>
#include <curl/curl.h>

#include <memory>
#include <string>

namespace {

namespace mock = applivery::mock;

constexpr const char* token = "app-token";

// Bytes that are ready: the server's own work must not hide the clients'.
const mock::RawServer& server() {
    static const mock::RawServer instance(
        mock::raw::keepAnswering(mock::raw::answer(200, applivery::benchmarks::pageOfBuilds())));
    return instance;
}

std::size_t append(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

void libcurl_and_document(benchmark::State& state) {
    const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
    const std::string header = std::string("Authorization: Bearer ") + token;
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(curl_slist_append(nullptr, header.c_str()),
                                                                     curl_slist_free_all);
    const std::string url = server().baseUrl() + "/v1/integrations/builds" + "?page=1";
    std::string body;
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle.get(), CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &body);
    for (auto _ : state) {
        body.clear();
        const bool isWell = curl_easy_perform(handle.get()) == CURLE_OK;
        if (!isWell || applivery::benchmarks::decodeByDocument(body).size() != applivery::benchmarks::buildsOfAPage)
            state.SkipWithError("no page");
    }
}

void applivery_client(benchmark::State& state) {
    applivery::ClientOptions options;
    options.baseUrl = server().baseUrl();
    const applivery::BuildsClient client(applivery::AppToken{token}, options);
    for (auto _ : state) {
        const auto page = client.listBuilds();
        if (!page || page->items.size() != applivery::benchmarks::buildsOfAPage) state.SkipWithError("no page");
    }
}

BENCHMARK(libcurl_and_document)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(1000);
BENCHMARK(applivery_client)->Unit(benchmark::kMicrosecond)->UseRealTime()->Iterations(1000);

}  // namespace

BENCHMARK_MAIN();
