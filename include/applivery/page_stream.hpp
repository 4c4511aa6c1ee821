/// @file
/// Iteration over the pages of the list without blocking.
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

/// Result of PageStream::next(): the next page, the error that ended the iteration, or std::nullopt after either.
using NextPage = std::optional<Result<BuildPage>>;

/// Iterates over the pages of BuildsClient::pageStream() without blocking.
///
/// Fetches the first page when it is requested. Prefetching begins with the second call of next(), as
/// WalkOptions::prefetch says. Keeps its client alive. The destructor cancels the requests in flight.
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
    /// Created by BuildsClient::pageStream().
    explicit PageStream(std::shared_ptr<detail::AsyncIteration> pages) noexcept;
    /// @{
    /// Moves the iteration.
    PageStream(PageStream&& other) noexcept;
    PageStream& operator=(PageStream&& other) noexcept;
    /// @}
    ~PageStream();

    /// Requests the next page that contains a build, and returns at once. Calls `done` exactly once:
    /// - with the page,
    /// - with the error that ends the iteration,
    /// - with std::nullopt after the last page or after the error, however often it is called.
    ///
    /// `done` runs on the same thread as that of BuildsClient::listBuildsAsync(), and may do the same. It may request
    /// the next page, and destroy this stream. If the stream is destroyed first, `done` gets ErrorKind::cancelled.
    ///
    /// Request one page at a time. A call before the `done` of the previous call is refused: its own `done` gets
    /// ErrorKind::invalidArgument without waiting. The previous call and the iteration go on.
    ///
    /// Thread-safe, except against moving or destroying the stream.
    void next(Callback<void(NextPage)> done);

    /// Ends the iteration. The call of next() that waits gets ErrorKind::cancelled, or else the first call later.
    /// Thread-safe.
    void stop() noexcept;

    /// Returns the counts so far. They are complete after std::nullopt was delivered. Thread-safe.
    [[nodiscard]] WalkSummary summary() const;

private:
    std::shared_ptr<detail::AsyncIteration> pages_;
    std::atomic<bool> hasExplainedMove_{false};
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
