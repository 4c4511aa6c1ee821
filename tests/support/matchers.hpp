/// @file
/// What tests expect of a Result.
#pragma once

#include "support/gtest_names.hpp"

#include <applivery/result.hpp>

#include <gmock/gmock.h>

#include <ostream>

namespace applivery {

/// For the messages of tests: a value is not printed, an error whole.
template <typename T>
void PrintTo(const Result<T>& result, std::ostream* out) {
    if (result) {
        *out << "a value";
    } else {
        *out << result.error();
    }
}

namespace test {

/// A result without a value, whose error is of this kind.
MATCHER_P(FailsWith, kind, "fails as " + std::string(toString(kind))) {
    (void)result_listener;
    return !arg.has_value() && arg.error().kind() == kind;
}

}  // namespace test
}  // namespace applivery
