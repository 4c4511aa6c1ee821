/// @file
/// Bodies of the benchmarks: pages of generated builds of about 2 kB for iOS and Android.
#pragma once

#include "mock_server/build_generator.hpp"

#include <cstddef>
#include <string>

namespace applivery::benchmarks {

/// The position of a page: builds on each page, number of pages, and page number.
struct PlaceOfPage {
    std::size_t builds = 100;
    std::size_t pages = 1;
    std::size_t number = 1;

    /// Returns the index of the page's first build in the list, from 0.
    [[nodiscard]] std::size_t firstBuild() const { return (number - 1) * builds; }
};

inline std::string pageOfBuilds(const PlaceOfPage& place) {
    std::string items;
    for (std::size_t i = 0; i < place.builds; ++i) {
        items += items.empty() ? "" : ",";
        items += mock::makeBuild(mock::generatedSpec(place.firstBuild() + i)).json;
    }
    const auto text = [](std::size_t number) { return std::to_string(number); };
    return R"({"status":true,"data":{"items":[)" + items + R"(],"totalDocs":)" + text(place.pages * place.builds) +
           R"(,"limit":)" + text(place.builds) + R"(,"hasNextPage":)" +
           (place.number < place.pages ? "true" : "false") + R"(,"page":)" + text(place.number) + R"(,"totalPages":)" +
           text(place.pages) + "}}";
}

}  // namespace applivery::benchmarks
