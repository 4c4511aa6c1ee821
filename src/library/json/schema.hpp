/// @file
/// Defines the structs and tables of a response. fieldsOf<T>() returns the table of a struct.
#pragma once

#include "json/rows.hpp"

#include <applivery/build.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace applivery::detail {

/// Represents the `data` object: the items, and the totals of the list.
template <typename Items>
struct ListDataOf {
    Items items{};
    std::optional<std::int64_t> totalDocs{};
    std::optional<std::int64_t> limit{};
    std::optional<bool> hasNextPage{};
    std::optional<std::int64_t> page{};
    std::optional<std::int64_t> totalPages{};
};

/// Represents an object whose fields are ignored. Only its presence matters.
struct IgnoredObject {};

/// Represents the whole body of a response.
template <typename Items>
struct EnvelopeOf {
    Flag status{};
    ListDataOf<Items> data{};
    std::optional<IgnoredObject> error{};
};

using ListData = ListDataOf<std::optional<std::vector<Build>>>;
using Envelope = EnvelopeOf<std::optional<std::vector<Build>>>;

// The structs for writing refer to the items of a page, to avoid a copy.
using ListDataToWrite = ListDataOf<const std::vector<Build>*>;
using EnvelopeToWrite = EnvelopeOf<const std::vector<Build>*>;

template <>
Fields fieldsOf<Build>();
template <>
Fields fieldsOf<Envelope>();
template <>
Fields fieldsOf<EnvelopeToWrite>();

}  // namespace applivery::detail
