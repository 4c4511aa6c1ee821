/// @file
/// Parses a body of any content.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace applivery::program {

/// Parses JSON, and omits values below 32 levels. nlohmann::json copies and writes values recursively, so that a deeper
/// document could overflow the stack. No documented response is that deep.
/// If the body is not JSON, is_discarded() of the result is true.
[[nodiscard]] inline nlohmann::json parseShallow(std::string_view body) {
    constexpr int maxDepth = 32;
    const auto isKept = [](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
        return depth <= maxDepth;
    };
    return nlohmann::json::parse(body, isKept, false);
}

}  // namespace applivery::program
