/// @file
/// The tables of the schema, from their root.
#pragma once

#include "json/field.hpp"

#include <applivery/build.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace applivery::detail {

/// `data`: the items, and what it says of the whole list.
struct ListData {
    std::optional<std::vector<Build>> items;
    std::optional<std::int64_t> totalDocs;
    std::optional<std::int64_t> limit;
    std::optional<bool> hasNextPage;
    std::optional<std::int64_t> page;
    std::optional<std::int64_t> totalPages;
};

/// `error`, of which only matters here that it came.
struct ErrorMark {};

/// The whole answer.
struct Envelope {
    Flag status;
    ListData data;
    std::optional<ErrorMark> error;
};

/// The row of the answer itself, for what stands outside of it.
[[nodiscard]] const Field& envelopeRow();

}  // namespace applivery::detail
