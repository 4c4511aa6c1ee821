/// @file
/// The whole list of builds, page by page or build by build, fetched while it is read.
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
class PageWalk;
class BuildWalk;
class AppsWalk;
}  // namespace detail

/// How a walk through the pages goes.
struct WalkOptions {
    std::optional<int> limit{};  ///< Builds on a page, as Page::limit.
    int prefetch = 4;            ///< How many pages are fetched ahead of the reader, from 1 to 1,000.
    int appsAtOnce = 4;          ///< Of Workspace::builds(): how many apps are walked at the same time, at least 1.
    CancellationToken cancel{};  ///< Ends the walk with ErrorKind::cancelled; of many apps, that of each.
    /// Leaves out what was created before, and ends the walk at the first page that holds nothing else: the list is
    /// newest first, but a single build that is out of order ends nothing. A build without `createdAt` is kept.
    std::optional<std::chrono::system_clock::time_point> createdSince{};
};

/// A build of one of many apps, or the failure that ended the walk through that app.
struct AppBuild {
    std::string applicationId;  ///< As it was given to Workspace::builds().
    Result<Build> build;        ///< After a failure, none of this app follows.
};

/// What is known of a walk so far.
struct WalkSummary {
    int pages = 0;            ///< That were read.
    std::int64_t builds = 0;  ///< That were on them, each counted once.
    /// Builds that came again, and were dropped: new uploads move the others to later pages.
    std::int64_t repeats = 0;
    /// The service's totals were not the same on every page: builds came or went meanwhile.
    bool totalsChanged = false;
};

/// An input range: `begin()` once, then one pass by one thread at a time. `T` is or holds a Result.
///
/// It keeps its client alive; dropping it and its iterators cancels what is in flight. Pages are fetched ahead at any
/// time, and decoded on the reader's thread while it waits for the next: a failed one is tried again only then.
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
    /// What it points to lives until the next step of the last copy of it.
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

    /// Made by BuildsClient::pages() and its like.
    explicit WalkRange(std::shared_ptr<Walk> walk) : cursor_(std::make_shared<Cursor>()) {
        cursor_->walk = std::move(walk);
    }

    /// Fetches the first element and waits for it. The walk is one, also of a copy of the range: later calls fetch
    /// nothing, and begin at the element that the walk has come to.
    [[nodiscard]] iterator begin() const { return iterator(cursor_); }
    /// Behind the last element.
    [[nodiscard]] iterator end() const noexcept { return {}; }

    /// What is known by now; whole when the end is reached.
    [[nodiscard]] APPLIVERY_API WalkSummary summary() const;

private:
    std::shared_ptr<Cursor> cursor_;
};

/// Of BuildsClient::pages(): `Result<BuildPage>` after `Result<BuildPage>`. A failure is the last.
using PageRange = WalkRange<Result<BuildPage>, detail::PageWalk>;

/// Of BuildsClient::builds(): `Result<Build>` after `Result<Build>`. A failure is the last.
using BuildRange = WalkRange<Result<Build>, detail::BuildWalk>;

/// Of Workspace::builds(): an AppBuild after another, in no order but that of each app. A failure is the last of its
/// app.
using AppBuildRange = WalkRange<AppBuild, detail::AppsWalk>;

}  // namespace applivery
