/// @file
/// Options of iterations.
#pragma once

#include <applivery/build_range.hpp>

namespace applivery::test {

inline WalkOptions pagesOf(int limit, int prefetch = 4) {
    WalkOptions options;
    options.limit = limit;
    options.prefetch = prefetch;
    return options;
}

}  // namespace applivery::test
