/// @file
/// Makes GoogleTest's names visible as `testing::` in tests that are in namespace applivery, in which
/// applivery::testing hides them.
#pragma once

namespace testing {}

namespace applivery::testing {
using namespace ::testing;
}  // namespace applivery::testing
