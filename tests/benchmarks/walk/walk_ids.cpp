/// @file
/// Holds the given number of ids, to measure their share of an iteration's memory. Prints the number.
#include "mock_server/build_generator.hpp"

#include <cstddef>
#include <iostream>
#include <string>
#include <unordered_set>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::size_t count = std::stoul(argv[1]);
    std::unordered_set<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) ids.insert(applivery::mock::generatedSpec(i).id);
    std::cout << ids.size() << '\n';
}
