/// @file
/// Defines PageStream, which iterates over the pages of the list without blocking.
#pragma once

#include <applivery/build_page.hpp>
#include <applivery/build_range.hpp>
#include <applivery/callback.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <atomic>
#include <memory>
#include <optional>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

namespace detail {
class AsyncIteration;
}

/// Holds the result of PageStream::next(): the next page, the error that ended the iteration, or std::nullopt after the
/// last page or the error.
using NextPage = std::optional<Result<BuildPage>>;

/// Iterates over the pages of BuildsClient::pageStream() without blocking.
///
/// The first call of next() fetches the first page. Prefetching begins with the second call: see WalkOptions::prefetch.
/// The stream keeps its client alive. The destructor cancels the requests in flight.
///
/// @code
/// stream->next([stream](const applivery::NextPage& page) {
///     if (!page) return;  // the end
///     if (!*page) return void(std::cerr << page->error() << '\n');
///     for (const applivery::Build& build : (*page)->items) std::cout << build.id << '\n';
///     readPages(stream);
/// });
/// @endcode
///
/// Movable, not copyable. After a move, next() delivers one ErrorKind::invalidArgument and then std::nullopt, stop()
/// does nothing, and summary() is empty.
class APPLIVERY_API PageStream {
public:
    /// Creates a stream. Called by BuildsClient::pageStream().
    explicit PageStream(std::shared_ptr<detail::AsyncIteration> pages) noexcept;
    /// @{
    /// Transfers the iteration.
    PageStream(PageStream&& other) noexcept;
    PageStream& operator=(PageStream&& other) noexcept;
    /// @}
    ~PageStream();

    /// Requests the next page that contains a build. Does not block.
    ///
    /// @param done receives one of the following, exactly once:
    /// - the page,
    /// - the error that ends the iteration,
    /// - std::nullopt after the last page or after the error, for every further call.
    ///
    /// `done` runs on the same thread as that of BuildsClient::listBuildsAsync(), with the same rules. `done` may
    /// request the next page, and may destroy this stream. If the stream is destroyed before the page arrives,
    /// `done` receives ErrorKind::cancelled.
    ///
    /// Request one page at a time. A call before the previous `done` was called is refused: its own `done` receives
    /// ErrorKind::invalidArgument at once. The previous call and the iteration continue.
    ///
    /// Thread-safe, except while another thread moves or destroys the stream.
    void next(Callback<void(NextPage)> done);

    /// Ends the iteration. The pending call of next() receives ErrorKind::cancelled. If no call is pending, the next
    /// call receives this error. Thread-safe.
    void stop() noexcept;

    /// Returns the counts so far. The counts are final after std::nullopt was delivered. Thread-safe.
    [[nodiscard]] WalkSummary summary() const;

private:
    std::shared_ptr<detail::AsyncIteration> pages_;
    std::atomic<bool> hasExplainedMove_{false};
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
