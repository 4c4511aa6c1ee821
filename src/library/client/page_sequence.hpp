/// @file
/// Decides whether another page of a list follows.
#pragma once

#include <applivery/build_page.hpp>
#include <applivery/build_range.hpp>
#include <applivery/error.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

namespace applivery::detail {

/// Decides whether another page follows, and removes builds that were already delivered. Performs no I/O and reads no
/// clock. Pages are taken in order, from page 1 on.
class PageSequence {
public:
    using TimePoint = std::chrono::system_clock::time_point;

    /// @param createdSince Removes older builds, and ends the list at a page that contains only older builds. Absent:
    /// removes no builds by their age.
    explicit PageSequence(std::optional<TimePoint> createdSince = std::nullopt) : createdSince_(createdSince) {}

    /// Replaces `createdSince` for the next pages.
    void setCreatedSince(TimePoint createdSince) noexcept { createdSince_ = createdSince; }

    /// Takes the next page, and removes these builds from the page:
    /// - Repeats: builds with the id of an earlier build. A build without an id is never a repeat.
    /// - Builds that are older than `createdSince`. A build without `createdAt` is never older.
    ///
    /// Returns an error at the 11th consecutive page without a new build. Do not take another page after an error.
    [[nodiscard]] std::optional<Error> take(BuildPage& page);

    /// Returns whether another page may follow.
    [[nodiscard]] bool shouldContinue() const noexcept { return !isOver_ && (!lastPage_ || nextPage() <= *lastPage_); }

    /// Returns the number of the page to take next.
    [[nodiscard]] int nextPage() const noexcept { return summary_.pages + 1; }

    /// Returns the number of the last page; absent if the responses so far do not contain it.
    [[nodiscard]] std::optional<int> lastPage() const noexcept { return lastPage_; }

    /// Returns the counts of the pages that were taken.
    [[nodiscard]] const WalkSummary& summary() const noexcept { return summary_; }

private:
    void updateTotals(const BuildPage& page);
    [[nodiscard]] std::optional<int> lastPageAfter(const BuildPage& page) const;
    [[nodiscard]] bool hasMoreThanTotals(const BuildPage& page) const;
    [[nodiscard]] bool removeRepeats(BuildPage& page);
    [[nodiscard]] bool isOld(const Build& build) const;
    [[nodiscard]] std::optional<Error> countPageWithoutNewBuild();

    std::optional<TimePoint> createdSince_;
    bool isOver_ = false;
    std::optional<int> lastPage_;
    std::optional<std::int64_t> totalItems_;  // of the last response with this total
    std::optional<int> totalPages_;           // of the last response with this total
    std::int64_t received_ = 0;               // builds, including repeats
    int pagesWithoutNewBuild_ = 0;            // consecutive
    std::unordered_set<std::string> ids_;
    std::unordered_set<std::size_t> contents_;  // hashes of the builds without an id
    WalkSummary summary_;
};

}  // namespace applivery::detail
