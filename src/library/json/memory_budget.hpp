/// @file
/// Limits the memory of decoded structs.
#pragma once

#include "json/field.hpp"

#include <algorithm>
#include <cstddef>

namespace applivery::detail {

/// Counts down the memory that a decoded text may still allocate.
class MemoryBudget {
public:
    /// @param limit in bytes
    explicit MemoryBudget(std::size_t limit) noexcept : left_(limit) {}

    /// Takes bytes from the budget. If fewer are left, takes none and returns false.
    [[nodiscard]] bool spend(std::size_t bytes) noexcept {
        if (bytes > left_) return false;
        left_ -= bytes;
        return true;
    }

    /// Reserves memory for further items if a list is full.
    ///
    /// The capacity is estimated from the text. The growth of std::vector would need three times the memory of the
    /// list. Bounds limit the effect of a wrong estimate.
    /// @param bytesRead length of the text of all items so far
    /// @param bytesAhead length of the text that follows
    void reserveItems(const ItemListType& type, void* list, std::size_t bytesRead, std::size_t bytesAhead) const {
        constexpr std::size_t firstCapacity = 8;
        const std::size_t size = type.size(list);
        if (size < type.capacity(list)) return;
        if (size < firstCapacity) return type.reserve(list, firstCapacity);
        const std::size_t average = bytesRead / size + 1;
        const std::size_t expected = bytesAhead / average;
        const std::size_t affordable = left_ / type.itemSize + 1;
        const std::size_t more = std::clamp(expected + expected / 16 + 1, size / 8 + 1, size * 15);
        type.reserve(list, size + std::min(more, affordable));
    }

private:
    std::size_t left_;
};

}  // namespace applivery::detail
