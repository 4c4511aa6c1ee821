/// @file
/// The whole list of builds, page by page, for a reader that does not wait.
#pragma once

#include <applivery/build_page.hpp>
#include <applivery/build_range.hpp>
#include <applivery/callback.hpp>
#include <applivery/export.hpp>
#include <applivery/result.hpp>

#include <memory>
#include <optional>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

namespace detail {
class AsyncWalk;
}

/// What is told of the next page: a page, or the failure that ended the walk; nothing behind the last of either.
using NextPage = std::optional<Result<BuildPage>>;

/// Of BuildsClient::pageStream(): the walk of BuildsClient::pages(), of which each page is told when it is asked for.
/// Pages are fetched ahead of that, as WalkOptions::prefetch says, and no further.
///
/// Moved, not copied: one that was moved from can only be assigned to or destroyed. It keeps its client alive;
/// destroying it cancels what is in flight.
class APPLIVERY_API PageStream {
public:
    /// Made by BuildsClient::pageStream().
    explicit PageStream(std::shared_ptr<detail::AsyncWalk> walk) noexcept;
    /// @{
    /// The walk goes on in the other.
    PageStream(PageStream&& other) noexcept;
    PageStream& operator=(PageStream&& other) noexcept;
    /// @}
    ~PageStream();

    /// Calls `done` exactly once, where BuildsClient::listBuildsAsync() would, and with the same freedom: it may ask
    /// for the next page, and destroy this. One page at a time: not again before `done` is called. Where this is
    /// destroyed before, `done` gets ErrorKind::cancelled.
    void next(Callback<void(NextPage)> done);

    /// Ends the walk, from any thread. Who waits for a page, or asks for one later, gets ErrorKind::cancelled.
    void stop() noexcept;

    /// What is known by now; whole when the end was told.
    [[nodiscard]] WalkSummary summary() const;

private:
    std::shared_ptr<detail::AsyncWalk> walk_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
