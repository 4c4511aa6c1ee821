/// @file
/// Defines BuildsClient, which lists the builds of one app.
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

/// Lists the builds of one app, and waits for builds. The type of the credentials selects the service's API.
///
/// @code
/// const applivery::BuildsClient client{applivery::AppToken{token}};
///
/// applivery::BuildFilter filter;
/// filter.status = applivery::BuildStatus::processed;
/// const applivery::Result<applivery::BuildPage> page = client.listBuilds(filter);
/// if (!page) {
///     std::cerr << page.error() << '\n';
///     return 1;
/// }
/// for (const applivery::Build& build : page->items) std::cout << build << '\n';
/// @endcode
///
/// **Copies and threads.** A client is cheap to copy; copies share connections. Thread-safe. A moved-from client
/// returns ErrorKind::invalidArgument.
///
/// **Errors.** A call returns its failure as an Error:
///
/// - If the credentials or options are invalid, each call fails with ErrorKind::invalidArgument.
/// - A thread, descriptor or memory that the system refuses is ErrorKind::connection.
/// - An exception of a transport or of a function of the options is the error of that call only.
///
/// A member function throws only std::bad_alloc, before anything is sent: if the client, the arguments, the range or
/// the future cannot be allocated.
///
/// **Destruction.** Destroying the last copy ends the calls in flight with ErrorKind::cancelled. The destructor then
/// closes the connections and ends the library's threads, unless other clients share these. A client may be destroyed
/// on any thread, also by a function of the options. The end of the process destroys the remaining clients.
///
/// **fork.** A child process must create its own clients. Calls of inherited clients fail, and destroying them is safe.
/// A child that was forked during a request must end with `_exit`. With `exit`, the child can block forever on a lock
/// of the TLS library that a thread of the parent held.
class APPLIVERY_API BuildsClient {
public:
    /// Creates a client. Sends nothing.
    ///
    /// @param credentials credentials of either API.
    /// @param options options of the client.
    /// @param transport transport to use; null creates one with makeCurlTransport().
    explicit BuildsClient(Credentials credentials, ClientOptions options = {},
                          std::shared_ptr<HttpTransport> transport = nullptr);

    /// Fetches one page, newest builds first. Blocks until the call ends.
    ///
    /// @param filter selects the builds.
    /// @param page selects the page.
    /// @param token cancels the call.
    ///
    /// Errors: any ErrorKind. ErrorKind::invalidArgument is returned before anything is sent:
    ///
    /// - for an invalid argument,
    /// - for a call on a thread of the library, such as in a callback: the call would wait for its own thread.
    [[nodiscard]] Result<BuildPage> listBuilds(BuildFilter filter = {}, Page page = {},
                                               CancellationToken token = {}) const;

    /// Fetches one page as listBuilds() does, without blocking. Returns a future.
    ///
    /// Destroying the future does not block, and does not cancel the call. The response is decoded on
    /// ClientOptions::executor, or else on a thread of the library.
    ///
    /// @code
    /// std::future<applivery::Result<applivery::BuildPage>> first = client.listBuildsAsync();
    /// std::future<applivery::Result<applivery::BuildPage>> second = otherClient.listBuildsAsync();
    /// if (first.get() && second.get()) std::cout << "both listed\n";
    /// @endcode
    ///
    /// The thread that waits for the future must not be the thread that decodes. Otherwise the future is never ready:
    ///
    /// - On a thread of the library, such as in a callback, the call is refused. Its future is ready at once, with
    ///   ErrorKind::invalidArgument. Use the overload with a callback there.
    /// - A callback that waits for the future of another thread's call blocks forever.
    /// - The only thread of an executor that waits for a future blocks forever.
    [[nodiscard]] std::future<Result<BuildPage>> listBuildsAsync(BuildFilter filter = {}, Page page = {},
                                                                 CancellationToken token = {}) const;

    /// Fetches one page as listBuilds() does, without blocking. Calls `done` exactly once.
    ///
    /// @code
    /// client.listBuildsAsync({}, {}, {}, [](const applivery::Result<applivery::BuildPage>& page) {
    ///     if (!page) {
    ///         std::cerr << page.error() << '\n';
    ///     } else {
    ///         std::cout << page->items.size() << " builds\n";
    ///     }
    /// });
    /// @endcode
    ///
    /// `done` runs on ClientOptions::executor, or else on a thread of the library that is not the event loop's, except:
    ///
    /// - If the library's thread cannot be started, `done` runs on the calling thread before this function returns. So
    ///   does the `done` of a moved-from client.
    /// - If an executor drops the task, `done` runs on the thread that drops the task.
    /// - A call started during process exit never invokes its callback.
    ///
    /// Rules for `done`:
    ///
    /// - It may start calls, and may destroy the client. Destroying the last copy of the client ends the other calls
    ///   in flight with ErrorKind::cancelled.
    /// - On a thread of the library, it must not block for long: other callbacks wait for the thread. Calls that block
    ///   are refused there.
    /// - Its exceptions are logged and ignored.
    /// - It may be null.
    ///
    /// Cancelling calls `done` without waiting for a response that is being decoded, unless the executor has only one
    /// thread.
    ///
    /// The destructor of the last copy returns after each `done` was called, or its task was passed to the executor.
    /// Exceptions:
    ///
    /// - Other clients share the transport or the Workspace.
    /// - The destructor runs on a thread of the library.
    /// - Another thread cancels the call at the same time.
    void listBuildsAsync(BuildFilter filter, Page page, CancellationToken token,
                         Callback<void(Result<BuildPage>)> done) const;

    /// Returns a range over the pages of the whole list, newest builds first. Sends nothing before `begin()`.
    ///
    /// Pages are fetched during the iteration: see WalkOptions::prefetch. A build with an id comes once. The
    /// iteration ends when the response reports that no page follows. If the service omits this information, the
    /// iteration ends at an empty page.
    ///
    /// The list may change during the iteration:
    ///
    /// - A build that is uploaded meanwhile is not in the range. The builds that it moves to a later page are not
    ///   repeated.
    /// - A build that is deleted moves other builds to an earlier page. One of these can be missed.
    ///   WalkSummary::totalsChanged detects the change if the service sends totals.
    [[nodiscard]] PageRange pages(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// Returns a range over all builds: pages(), build by build.
    ///
    /// @code
    /// for (const applivery::Result<applivery::Build>& build : client.builds()) {
    ///     if (!build) {
    ///         std::cerr << build.error() << '\n';
    ///         return 1;
    ///     }
    ///     std::cout << *build << '\n';
    /// }
    /// @endcode
    [[nodiscard]] BuildRange builds(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// Iterates over the pages of pages() without blocking. Passes each page to `onPage`, one after the other.
    ///
    /// @param filter selects the builds.
    /// @param options options of the iteration. Prefetching stops at WalkOptions::prefetch pages.
    /// @param onPage returns false to end the iteration. An exception ends the iteration with an error.
    /// @param done receives the counts, or the error that ended the iteration. Called exactly once, after the last
    /// `onPage`.
    ///
    /// Both functions run on the same thread as the callback of listBuildsAsync(), with the same rules. The iteration
    /// does not keep the client alive, and ends with the client. An iteration started during process exit never invokes
    /// its callbacks.
    ///
    /// @code
    /// client.forEachPage(
    ///     {}, {},
    ///     [](const applivery::BuildPage& page) {
    ///         std::cout << page.items.size() << " builds\n";
    ///         return true;
    ///     },
    ///     [](const applivery::Result<applivery::WalkSummary>& summary) {
    ///         if (!summary) std::cerr << summary.error() << '\n';
    ///     });
    /// @endcode
    void forEachPage(BuildFilter filter, WalkOptions options, Callback<bool(BuildPage)> onPage,
                     Callback<void(Result<WalkSummary>)> done) const;

    /// Iterates over all builds as forEachPage() does, build by build.
    void forEachBuild(BuildFilter filter, WalkOptions options, Callback<bool(Build)> onBuild,
                      Callback<void(Result<WalkSummary>)> done) const;

    /// Returns a stream over the pages of pages(), for code that requests each page and does not block. See PageStream.
    [[nodiscard]] PageStream pageStream(BuildFilter filter = {}, WalkOptions options = {}) const;

    /// Waits until a build is processed or has failed. Blocks for at most WaitOptions::timeout plus one second.
    ///
    /// Checks the list at once, and then repeatedly. After the build is found, the wait does not change to another
    /// build. A transient error does not end the wait. Nor does a single unexpected response, such as the page of a
    /// gateway. WaitResult::outcome is the state of the build, as seen at WaitResult::lastSeenAt.
    ///
    /// @code
    /// const applivery::Result<applivery::WaitResult> result =
    ///     client.waitUntilBuildProcessed(applivery::BuildSelector::byId(buildId));
    /// if (!result) {
    ///     std::cerr << result.error() << '\n';
    ///     return 1;
    /// }
    /// return result->outcome == applivery::WaitOutcome::processed ? 0 : 1;
    /// @endcode
    ///
    /// Errors: ErrorKind::invalidArgument, before anything is sent, for a selector that could match an older build. Any
    /// other error is the one that ended the wait, such as ErrorKind::authentication.
    [[nodiscard]] Result<WaitResult> waitUntilBuildProcessed(BuildSelector selector, WaitOptions options = {}) const;

    /// Waits as waitUntilBuildProcessed() does, without blocking and without a thread for each wait.
    ///
    /// Calls `done` exactly once. `done` and WaitOptions::onEvent run on the same thread as the callback of
    /// listBuildsAsync(), with the same rules. If the client is destroyed before the end of the wait, the outcome is
    /// WaitOutcome::cancelled. A wait started during process exit never invokes its callback.
    void waitUntilBuildProcessedAsync(BuildSelector selector, WaitOptions options,
                                      Callback<void(Result<WaitResult>)> done) const;

    /// Waits as waitUntilBuildProcessed() does, for several builds with the same requests.
    ///
    /// Ends when the waits for all builds have ended. Returns one result for each selector, in the order of the
    /// selectors.
    ///
    /// @code
    /// applivery::BuildSelector ios = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    /// ios.os = applivery::Os::ios;
    /// applivery::BuildSelector android = applivery::BuildSelector::byVersion("2.5.0", uploadedAt);
    /// android.os = applivery::Os::android;
    /// const auto results = client.waitUntilBuildsProcessed({ios, android});
    /// @endcode
    [[nodiscard]] Result<std::vector<WaitResult>> waitUntilBuildsProcessed(std::vector<BuildSelector> selectors,
                                                                           WaitOptions options = {}) const;

    /// Waits as waitUntilBuildsProcessed() does, without blocking. Calls `done` as waitUntilBuildProcessedAsync() does.
    void waitUntilBuildsProcessedAsync(std::vector<BuildSelector> selectors, WaitOptions options,
                                       Callback<void(Result<std::vector<WaitResult>>)> done) const;

private:
    friend class BuildPoller;
    friend class Workspace;  // creates clients that share a completion thread
    explicit BuildsClient(std::shared_ptr<const detail::ClientState> state);

    std::shared_ptr<const detail::ClientState> state_;
};

}  // namespace applivery
APPLIVERY_WARNINGS_POP
