/// @file
/// Ranges over the whole list of builds, page by page or build by build, fetched during the iteration.
#pragma once

#include <applivery/build_page.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace applivery {

namespace detail {
class PageIteration;
class BuildIteration;
class AppsIteration;
}  // namespace detail

/// Options of an iteration over the whole list.
struct WalkOptions {
    std::optional<int> limit{};  ///< Builds on a page, as Page::limit.
    /// Number of pages that are fetched ahead of the reader, from 1 to 1,000. The first page is fetched alone.
    /// Prefetching begins when the reader moves on to its second element, so reading one build sends one request.
    int prefetch = 4;
    /// Of Workspace::builds(): number of apps that are read at the same time, at least 1. The first build sends one
    /// request for each of them. Prefetching for an app begins when the reader moves on from the app's first build.
    int appsAtOnce = 4;
    CancellationToken cancel{};  ///< Ends the iteration with ErrorKind::cancelled; of many apps, that of each.
    /// Leaves out older builds, and ends the iteration at the first page that contains only older builds. The list is
    /// newest first, but a single build out of order does not end the iteration. Keeps builds without `createdAt`.
    std::optional<std::chrono::system_clock::time_point> createdSince{};
};

/// A build of one of many apps, or the error that ended the iteration over that app.
struct AppBuild {
    std::string applicationId;  ///< As it was given to Workspace::builds().
    Result<Build> build;        ///< An error is the last element of its app.
};

/// Counts of an iteration so far.
struct WalkSummary {
    int pages = 0;            ///< Number of pages fetched.
    std::int64_t builds = 0;  ///< Number of builds on them, without repeats and without builds that were left out.
    /// Number of builds that were removed since a build with the same id came before: new uploads move builds to later
    /// pages. A build without an id is never removed.
    std::int64_t repeats = 0;
    /// Whether the service's totals differed between pages: builds were added or deleted meanwhile.
    bool totalsChanged = false;
};

/// Iterates over the elements of a list. Input range: one pass, by one thread at a time. `T` is or contains a Result.
///
/// Ends after the first error; for many apps, after the first error of each. A list that brings nothing new for more
/// than ten consecutive pages ends with ErrorKind::invalidResponse. A range that was moved from is empty.
///
/// Keeps its client alive. Destroying the range and its iterators cancels the requests in flight. Pages are fetched
/// ahead at any time, and decoded on the reader's thread while it waits. Failed requests are retried only then.
template <typename T, typename Walk>
class WalkRange {
public:
private:
    // What the range and its iterators share.
    struct Cursor {
        std::shared_ptr<Walk> walk;
        std::shared_ptr<std::optional<T>> current{};  // where the walk is; null before its first step
        bool isAtEnd = false;
    };

public:
    /// Points to an element, which is valid until the last copy of the iterator is incremented.
    class iterator {
    public:
        /// @{
        /// As every input iterator has it.
        using iterator_category = std::input_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        iterator() = default;
        reference operator*() const noexcept { return **current_; }
        pointer operator->() const noexcept { return &**current_; }
        iterator& operator++() {
            advance();
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            advance();
            return before;
        }
        friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.cursor_ == b.cursor_; }
        friend bool operator!=(const iterator& a, const iterator& b) noexcept { return a.cursor_ != b.cursor_; }
        /// @}

    private:
        friend class WalkRange;
        explicit iterator(std::shared_ptr<Cursor> cursor) : cursor_(std::move(cursor)) { begin(); }
        APPLIVERY_API void begin();
        APPLIVERY_API void advance();

        std::shared_ptr<Cursor> cursor_{};             // null at the end
        std::shared_ptr<std::optional<T>> current_{};  // the same from step to step, unless a copy shares it
    };

    /// Created by BuildsClient::pages(), BuildsClient::builds() and Workspace::builds().
    explicit WalkRange(std::shared_ptr<Walk> walk) : cursor_(std::make_shared<Cursor>()) {
        cursor_->walk = std::move(walk);
    }

    /// Fetches the first element and waits for it. Copies of the range share one iteration: later calls fetch nothing,
    /// and begin at the current element.
    [[nodiscard]] iterator begin() const { return iterator(cursor_); }
    /// Returns the position after the last element.
    [[nodiscard]] iterator end() const noexcept { return {}; }

    /// Returns the counts so far. They are complete at the end of the range.
    [[nodiscard]] APPLIVERY_API WalkSummary summary() const;

private:
    std::shared_ptr<Cursor> cursor_;
};

/// Range of BuildsClient::pages(), of `Result<BuildPage>`. An error is the last element.
using PageRange = WalkRange<Result<BuildPage>, detail::PageIteration>;

/// Range of BuildsClient::builds(), of `Result<Build>`. An error is the last element.
using BuildRange = WalkRange<Result<Build>, detail::BuildIteration>;

/// Range of Workspace::builds(), of AppBuild. Apps take turns; the builds of one app keep their order. An error is the
/// last element of its app.
using AppBuildRange = WalkRange<AppBuild, detail::AppsIteration>;

}  // namespace applivery
