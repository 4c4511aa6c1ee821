/// @file
/// Published responses of the service.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace applivery::test {

inline std::string sample(const std::string& name) {
    std::ifstream file(std::string(APPLIVERY_TEST_SAMPLES_DIR) + "/" + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace applivery::test
