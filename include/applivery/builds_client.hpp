/// @file
/// The facade: one client for one app's builds, over either API.
#pragma once

#include <applivery/build_filter.hpp>
#include <applivery/build_page.hpp>
#include <applivery/build_range.hpp>
#include <applivery/build_waiter.hpp>
#include <applivery/callback.hpp>
#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/export.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/page_stream.hpp>
#include <applivery/result.hpp>

#include <future>
#include <memory>
#include <string>
#include <vector>

APPLIVERY_WARNINGS_PUSH
namespace applivery {

namespace detail {
class ClientState;
}

/// Lists the builds of one app. Which of the service's two APIs answers follows from the credentials.
///
/// Cheap to copy; copies share their connections. Safe to use from many threads at once. What is wrong with credentials
/// or options comes back from the first call as ErrorKind::invalidArgument; so do calls of a client that was moved
/// from.
///
/// Failures of a call are its error and are not thrown. That includes what the system refuses, such as a thread, a
/// descriptor or memory (ErrorKind::connection), and what a function of the options or a transport throws. The error is
/// of that call only. Nothing but `std::bad_alloc` is thrown, and only before anything is sent: by a constructor or
/// copy, or if the arguments, the range or the future of a call cannot be allocated.
///
/// Destroying the last copy ends the calls that are in flight as ErrorKind::cancelled, and then, unless other clients
/// share them, the transport's connections and the library's threads. It may be done on any thread, also by a function
/// of the options; the end of the process does it for clients that are left. After `fork`, a child must make clients of
/// its own; calls of those that it inherited fail, and dropping them is safe. A child that was forked while requests
/// were in flight must end with `_exit`: `exit` can wait for ever for a lock of the TLS library that a thread of the
/// parent held.
class APPLIVERY_API BuildsClient {
public:
    /// @param credentials of either API. @param options see ClientOptions.
    /// @param transport the one to use; null makes one on libcurl from the options.
    explicit BuildsClient(Credentials credentials, ClientOptions options = {},
                          std::shared_ptr<HttpTransport> transport = nullptr);

    /// Fetches one page, newest first, and waits for it.
    ///
    /// Errors: invalidArgument before anything is sent, also where it is called on a thread of the library's own, which
    /// it would keep waiting for itself; else any other ErrorKind.
    [[nodiscard]] Result<BuildPage> listBuilds(BuildFilter filter = {}, Page page = {},
                                               CancellationToken token = {}) const;

    /// Fetches one page as listBuilds() does, without waiting. The future does not block when it is destroyed; the call
    /// then goes on. The response is decoded on ClientOptions::executor, or on the library's own thread.
    ///
    /// A thread that waits for the future must not be the one that decodes: it would wait for ever. A call on a thread
    /// of the library's own, such as inside a completion, is therefore refused: its future is ready at once, with
    /// ErrorKind::invalidArgument. Use the form with a completion there. Not refused, and also never ready, is a future
    /// for which a completion waits although another thread began its call, or for which the only thread of an executor
    /// waits.
    [[nodiscard]] std::future<Result<BuildPage>> listBuildsAsync(BuildFilter filter = {}, Page page = {},
                                                                 CancellationToken token = {}) const;

    /// As listBuilds(), without waiting: calls `done` exactly once, on ClientOptions::executor, or else on a thread of
    /// the library's own that is not the network's. Where not even that thread can be had, or the client was moved
    /// from, it is called on this thread, before this returns; where an executor drops the call, on the thread that
    /// does. Cancelling does not wait for an answer that is being decoded, but on a host's executor of one thread. A
    /// call that is begun while the process is ending tells nobody.
    ///
    /// `done` may start calls, and destroy the client: what is in flight then still calls its own `done`, with
    /// ErrorKind::cancelled. On the library's own thread it must not block for long, since others wait behind it, and
    /// calls that wait are refused there. What it throws is logged and dropped. Null: nobody is told.
    ///
    /// Where the last copy of a client that shares neither its transport nor a Workspace is destroyed elsewhere than on
    /// such a thread, every `done` has been called, or its task given to the executor, when the destructor returns;
    /// except those of calls that another thread is just cancelling.
    void listBuildsAsync(BuildFilter filter, Page page, CancellationToken token,
                         Callback<void(Result<BuildPage>)> done) const;

    /// The whole list, page by page, newest first: fetched while it is read, a few pages ahead, each build once.
    /// Nothing is sent before `begin()`.
    ///
    /// The list may change meanwhile. A build that is uploaded during the walk is not in it, and what it moves to a
    /// later page is not repeated. A build that is deleted moves others to an earlier page, where one of them can slip
    /// past between two pages; WalkSummary::totalsChanged tells that the totals were not the same throughout, where the
    /// service sends totals. Nothing else is missed: the walk ends where the service says that no page follows, or else
    /// at an empty page, however few builds a page holds.
    [[nodiscard]] PageRange pages(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// As pages(), build by build.
    [[nodiscard]] BuildRange builds(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// As pages(), without waiting: gives each page to `onPage`, one after the other, where listBuildsAsync() calls its
    /// `done`, until it returns false or the list is at its end. Pages are fetched ahead of it, as
    /// WalkOptions::prefetch says, and no further. Then `done` is called, exactly once: with what is known of the walk,
    /// or with the failure that ended it; what `onPage` throws is one. Both may do what such a `done` may; the walk
    /// does not keep its client alive, and ends with it. One that is begun while the process is ending tells nobody.
    void forEachPage(BuildFilter filter, WalkOptions options, Callback<bool(BuildPage)> onPage,
                     Callback<void(Result<WalkSummary>)> done) const;

    /// As forEachPage(), build by build.
    void forEachBuild(BuildFilter filter, WalkOptions options, Callback<bool(Build)> onBuild,
                      Callback<void(Result<WalkSummary>)> done) const;

    /// As pages(), for a reader that asks for each page and does not wait, such as a coroutine.
    [[nodiscard]] PageStream pageStream(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// Waits until a build is processed or has failed. Checks the list at once, and then repeatedly until the time
    /// limit. Once the build is found, no other build takes its place.
    ///
    /// A check that fails temporarily does not end the wait; nor does a single unexpected response, such as the page of
    /// a gateway. WaitResult::outcome says what became of the build, WaitResult::lastSeenAt when it was last seen.
    ///
    /// Errors: invalidArgument for a selector that could match an older build, before anything is sent; otherwise the
    /// error that ended the wait, such as authentication. Ends within WaitOptions::timeout plus one second.
    [[nodiscard]] Result<WaitResult> waitUntilBuildProcessed(BuildSelector selector, WaitOptions options = {}) const;

    /// As waitUntilBuildProcessed(), without waiting: takes no thread while it lasts. Calls `done` exactly once, where
    /// listBuildsAsync() would, and WaitOptions::onEvent there too; both may do what such a `done` may. Where the
    /// client is destroyed before, the outcome is WaitOutcome::cancelled. One that is begun while the process is ending
    /// tells nobody.
    void waitUntilBuildProcessedAsync(BuildSelector selector, WaitOptions options,
                                      Callback<void(Result<WaitResult>)> done) const;

    /// As waitUntilBuildProcessed(), for several builds with the same requests, such as iOS and Android of one release.
    /// Ends when all have ended. @return one result for each selector, in their order.
    [[nodiscard]] Result<std::vector<WaitResult>> waitUntilBuildsProcessed(std::vector<BuildSelector> selectors,
                                                                           WaitOptions options = {}) const;

    /// Waits for several builds as waitUntilBuildsProcessed(), without blocking. Calls `done` as
    /// waitUntilBuildProcessedAsync() does, with one result for each selector, in their order.
    void waitUntilBuildsProcessedAsync(std::vector<BuildSelector> selectors, WaitOptions options,
                                       Callback<void(Result<std::vector<WaitResult>>)> done) const;

private:
    friend class BuildPoller;  // which goes by this client's clock
    friend class Workspace;    // whose clients share more than a transport
    explicit BuildsClient(std::shared_ptr<const detail::ClientState> state);

    std::shared_ptr<const detail::ClientState> state_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
