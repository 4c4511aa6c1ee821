/// @file
/// Reads all builds as a user's own loop would: page by page on one libcurl handle, with nlohmann/json documents, into
/// the same structs. Arguments: URL, CA bundle. Prints the number of builds.
#include "benchmarks/dom_decoder.hpp"
#include "benchmarks/walk/curl_page.hpp"

#include <cstddef>
#include <iostream>

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    applivery::benchmarks::CurlPage page(argv[1], argv[2]);
    std::size_t count = 0;
    std::size_t onPage = 0;
    int number = 0;
    do {
        page.ask(++number);
        if (curl_easy_perform(page.handle()) != CURLE_OK) return 1;
        onPage = applivery::benchmarks::decodeByDocument(page.body()).size();
        count += onPage;
    } while (onPage == 100 && page.body().find(R"("hasNextPage":true)") != std::string::npos);
    std::cout << count << '\n';
}
