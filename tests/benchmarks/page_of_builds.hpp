/// @file
/// The bodies that the benchmarks read: pages of generated builds of about 2 kB, iOS and Android mixed.
#pragma once

#include "mock_server/build_generator.hpp"

#include <cstddef>
#include <string>

namespace applivery::benchmarks {

/// A page's place in a list: how many builds are on each page, how many pages there are, and which of them it is.
struct PlaceOfPage {
    std::size_t builds = 100;
    std::size_t pages = 1;
    std::size_t number = 1;

    /// The page's first build, counted from 0 through all pages.
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
