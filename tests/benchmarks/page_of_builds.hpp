/// @file
/// The body that the benchmarks read: a hundred generated builds of about 2 kB, iOS and Android mixed.
#pragma once

#include "mock_server/build_generator.hpp"

#include <cstddef>
#include <string>

namespace applivery::benchmarks {

inline constexpr std::size_t buildsOfAPage = 100;

inline const std::string& pageOfBuilds() {
    static const std::string body = [] {
        std::string items;
        for (const auto& build : mock::generateBuilds(buildsOfAPage)) items += (items.empty() ? "" : ",") + build.json;
        return R"({"status":true,"data":{"items":[)" + items +
               R"(],"totalDocs":100,"limit":100,"hasNextPage":false,"page":1,"totalPages":1}})";
    }();
    return body;
}

}  // namespace applivery::benchmarks
