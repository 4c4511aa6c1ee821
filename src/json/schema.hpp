/// @file
/// The tables of the schema, from their root.
#pragma once

#include "json/field.hpp"

#include <cstdint>
#include <optional>

namespace applivery::detail {

/// What `data` says of the whole list, beside `items`.
struct PageFacts {
    std::optional<std::int64_t> totalDocs;
    std::optional<std::int64_t> limit;
    std::optional<bool> hasNextPage;
    std::optional<std::int64_t> page;
    std::optional<std::int64_t> totalPages;
};

/// The rows of `data`.
[[nodiscard]] Fields pageFields();

/// The rows of one item of the list.
[[nodiscard]] Fields buildFields();

}  // namespace applivery::detail
