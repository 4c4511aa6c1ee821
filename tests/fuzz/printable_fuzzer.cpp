/// @file
/// Fuzzes printable().
#include "fuzz/fuzzer.hpp"

#include <applivery/text.hpp>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string line = applivery::printable(applivery::fuzz::textOf(data, size));
    applivery::fuzz::requireOneLine(line);
    applivery::fuzz::require(applivery::printable(line) == line, "printable text stays the same");
    return 0;
}
