/// @file
/// Resources that this process uses.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace applivery::test {

struct ProcessUse {
    std::size_t descriptors = 0;
    std::size_t threads = 0;
    std::size_t residentKilobytes = 0;
};

inline ProcessUse processUse() {
    const auto entriesOf = [](const char* directory) {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
    };
    ProcessUse use;
    use.descriptors = entriesOf("/proc/self/fd") - 1;  // without the iterator's descriptor
    use.threads = entriesOf("/proc/self/task");
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmRSS:", 0) == 0) use.residentKilobytes = std::stoul(line.substr(6));
    }
    return use;
}

}  // namespace applivery::test
