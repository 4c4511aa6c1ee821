/// @file
/// Matchers for Result.
#pragma once

#include "support/gtest_names.hpp"

#include <applivery/result.hpp>

#include <gmock/gmock.h>

#include <ostream>

namespace applivery {

/// Prints the error of a result in failure messages. A value is not printed.
template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
    if (result) {
        *out << "a value";
    } else {
        *out << result.error();
    }
}

namespace test {

/// Matches a result with an error of this kind.
MATCHER_P(FailsWith, kind, "fails as " + std::string(toString(kind))) {
    (void)result_listener;
    return !arg.has_value() && arg.error().kind() == kind;
}

}  // namespace test
}  // namespace applivery
