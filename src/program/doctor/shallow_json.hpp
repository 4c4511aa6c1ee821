/// @file
/// A body as a document, whatever was sent.
#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

namespace applivery::program {

/// Without what lies deeper than anything of the service does: documents are copied and written recursively. Discarded
/// where it is no JSON.
[[nodiscard]] inline nlohmann::json parseShallow(std::string_view body) {
    constexpr int deepest = 32;
    const auto isKept = [](int depth, nlohmann::json::parse_event_t, const nlohmann::json&) {
        return depth <= deepest;
    };
    return nlohmann::json::parse(body, isKept, false);
}

}  // namespace applivery::program
