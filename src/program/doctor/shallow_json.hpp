/// @file
/// Parses a body of any content.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace applivery::program {

/// Parses JSON and omits values below the depth of the schema, because documents are copied and written recursively.
/// The result is discarded if the body is no JSON.
[[nodiscard]] inline nlohmann::json parseShallow(std::string_view body) {
    constexpr int maxDepth = 32;
    const auto isKept = [](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
        return depth <= maxDepth;
    };
    return nlohmann::json::parse(body, isKept, false);
}

}  // namespace applivery::program
