/// @file
/// Defines ranges over the whole list of builds, by page or by build. Pages are fetched during the iteration.
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

/// Configures an iteration over the whole list.
///
/// @code
/// applivery::WalkOptions options;
/// options.createdSince = std::chrono::system_clock::now() - std::chrono::hours{24};
/// for (const applivery::Result<applivery::Build>& build : client.builds({}, options)) {
///     if (!build) {
///         std::cerr << build.error() << '\n';
///         return;
///     }
///     std::cout << *build << '\n';
/// }
/// @endcode
struct WalkOptions {
    std::optional<int> limit{};  ///< Number of builds on a page: see Page::limit.
    /// Number of pages that are fetched ahead of the reader, from 1 to 1,000.
    ///
    /// The first page is fetched alone. Prefetching begins when the reader moves on to the second element. Reading one
    /// build therefore sends one request.
    int prefetch = 4;
    /// Number of apps that Workspace::builds() reads at the same time, at least 1.
    ///
    /// Reading the first build sends one request for each of these apps. Prefetching for an app begins when the reader
    /// moves on from the app's first build.
    int appsAtOnce = 4;
    /// Ends the iteration with ErrorKind::cancelled. In a range over several apps, ends the iteration of each app.
    CancellationToken cancel{};
    /// Earliest Build::createdAt. Older builds are left out, and builds without `createdAt` are kept.
    ///
    /// The iteration ends after the first page that contains only older builds. A single build out of order does not
    /// end the iteration.
    std::optional<std::chrono::system_clock::time_point> createdSince{};
    /// Whether `createdSince` is a time by the clock of this machine, as BuildSelector::createdSince is.
    ///
    /// If true, the iteration corrects a difference of up to one day between the clocks, as a wait does. If false,
    /// `createdSince` is a time by the clock of the service, such as a Build::createdAt.
    bool createdSinceIsLocal = false;
};

/// Holds a build of one of several apps, or the error that ended the iteration over the app.
struct AppBuild {
    /// Id of the app, as passed to Workspace::builds(). Empty for an error that ends the whole range.
    std::string applicationId;
    Result<Build> build;  ///< An error is the last element of its app.
};

/// Holds the counts of an iteration.
struct WalkSummary {
    /// Number of pages that the iteration has reached. Prefetched pages count when the iteration reaches them.
    int pages = 0;
    /// Number of builds on these pages, without repeats and without builds older than WalkOptions::createdSince.
    std::int64_t builds = 0;
    /// Number of builds that were dropped because a build with the same id came before. New uploads move builds to
    /// later pages. A build without an id is never dropped.
    std::int64_t repeats = 0;
    /// Whether the service's totals differed between pages. Builds were then added or deleted during the iteration.
    bool totalsChanged = false;
};

/// Iterates over the elements of a list. Models an input range.
///
/// The iteration ends after the first error. In a range over several apps, an error ends only the iteration of its app.
/// More than ten consecutive pages without a new build are an error of ErrorKind::invalidResponse.
///
/// @code
/// const applivery::PageRange pages = client.pages();
/// for (const applivery::Result<applivery::BuildPage>& page : pages) {
///     if (!page) {
///         std::cerr << page.error() << '\n';
///         return;
///     }
///     std::cout << page->items.size() << " builds\n";
/// }
/// if (pages.summary().totalsChanged) std::cout << "builds were added or deleted meanwhile\n";
/// @endcode
///
/// Incrementing an iterator blocks until the next element is there. Prefetched pages arrive at any time. The library
/// decodes them, and retries failed requests, only on the reader's thread while begin() or an increment blocks. Use a
/// range on one thread at a time.
///
/// A range keeps its client alive. Destroying the range and its iterators cancels the requests in flight. A moved-from
/// range is empty.
///
/// @tparam T the type of the elements: a Result, or AppBuild.
/// @tparam Walk internal.
template <typename T, typename Walk>
class WalkRange {
    // The state that the range and its iterators share.
    struct Cursor {
        std::shared_ptr<Walk> walk;
        std::shared_ptr<std::optional<T>> current{};  // the current element; null before the first step
        bool isAtEnd = false;
    };

public:
    /// Points to an element, which is valid until the last copy of the iterator is incremented.
    class iterator {
    public:
        /// @{
        /// Provides the interface of an input iterator.
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
        std::shared_ptr<std::optional<T>> current_{};  // reused by each step, unless a copy shares the element
    };

    /// Creates a range. Called by BuildsClient::pages(), BuildsClient::builds() and Workspace::builds().
    explicit WalkRange(std::shared_ptr<Walk> walk) : cursor_(std::make_shared<Cursor>()) {
        cursor_->walk = std::move(walk);
    }

    /// Fetches the first element. Blocks until the element is there.
    ///
    /// Copies of the range share one iteration. A later call fetches nothing, and returns the current element.
    [[nodiscard]] iterator begin() const { return iterator(cursor_); }
    /// Returns the position after the last element.
    [[nodiscard]] iterator end() const noexcept { return {}; }

    /// Returns the counts so far. The counts are final at the end of the range.
    [[nodiscard]] APPLIVERY_API WalkSummary summary() const;

private:
    std::shared_ptr<Cursor> cursor_;
};

/// Iterates over the pages of BuildsClient::pages(). An error is the last element.
using PageRange = WalkRange<Result<BuildPage>, detail::PageIteration>;

/// Iterates over the builds of BuildsClient::builds(). An error is the last element.
using BuildRange = WalkRange<Result<Build>, detail::BuildIteration>;

/// Iterates over the builds of Workspace::builds(). Apps take turns; the builds of one app keep their order. An error
/// is the last element of its app.
using AppBuildRange = WalkRange<AppBuild, detail::AppsIteration>;

}  // namespace applivery
