/// @file
/// The tables of the schema, from their root: fieldsOf() each of these, and of each struct of build.hpp.
#pragma once

#include "json/rows.hpp"

#include <applivery/build.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace applivery::detail {

/// `data`: the items, and what it says of the whole list.
template <typename Items>
struct DataWith {
    Items items{};
    std::optional<std::int64_t> totalDocs{};
    std::optional<std::int64_t> limit{};
    std::optional<bool> hasNextPage{};
    std::optional<std::int64_t> page{};
    std::optional<std::int64_t> totalPages{};
};

/// `error`, of which only matters here that it came.
struct ErrorMark {};

/// The whole answer.
template <typename Items>
struct EnvelopeWith {
    Flag status{};
    DataWith<Items> data{};
    std::optional<ErrorMark> error{};
};

using ListData = DataWith<std::optional<std::vector<Build>>>;
using Envelope = EnvelopeWith<std::optional<std::vector<Build>>>;

/// The same, of items that are another's.
using ListDataToWrite = DataWith<const std::vector<Build>*>;
using EnvelopeToWrite = EnvelopeWith<const std::vector<Build>*>;

template <>
Fields fieldsOf<Build>();
template <>
Fields fieldsOf<Envelope>();
template <>
Fields fieldsOf<EnvelopeToWrite>();

}  // namespace applivery::detail
