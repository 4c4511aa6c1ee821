/// @file
/// Defines awaitable calls, iterations and waits for C++20 coroutines. Not included by `applivery.hpp`.
///
/// A coroutine of any type can await these. The coroutine resumes on the thread of the callback of
/// BuildsClient::listBuildsAsync(), with the same rules: on ClientOptions::executor, or else on a thread of the
/// library.
///
/// Destroying a suspended coroutine cancels the call that it awaits. The library does not access the coroutine
/// afterwards. A coroutine must not be destroyed while another thread resumes it. If the executor has one thread,
/// destroy the coroutine on this thread. Otherwise, let the coroutine run to its end, and destroy it in the
/// coroutine that awaits it.
#pragma once

#include <applivery/builds_client.hpp>

#if __cplusplus < 202002L && (!defined(_MSVC_LANG) || _MSVC_LANG < 202002L)
#    error "applivery/coroutine.hpp needs C++20."
#endif

#include <coroutine>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace applivery {

namespace detail {

/// Holds the state that a call and the coroutine that awaits it share. Thread-safe.
template <typename T>
class AwaitState {
public:
    /// Stores the coroutine that complete() resumes.
    void setCoroutine(std::coroutine_handle<> coroutine) {
        const std::lock_guard<std::mutex> lock(mutex_);
        coroutine_ = coroutine;
    }

    /// Stores the outcome, and resumes the coroutine on the calling thread.
    void complete(T outcome) {
        std::coroutine_handle<> coroutine;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            outcome_.emplace(std::move(outcome));
            coroutine = std::exchange(coroutine_, nullptr);
        }
        if (coroutine) coroutine.resume();
    }

    /// Removes the coroutine, so that complete() does not resume it.
    void detach() {
        const std::lock_guard<std::mutex> lock(mutex_);
        coroutine_ = nullptr;
    }

    /// Returns the outcome. Called by the resumed coroutine.
    [[nodiscard]] T take() { return *std::move(outcome_); }

private:
    std::mutex mutex_;
    std::coroutine_handle<> coroutine_;
    std::optional<T> outcome_;
};

}  // namespace detail

/// Represents a call that `co_await` starts and whose outcome `co_await` returns. Await each object once.
///
/// Destroying the object before the outcome is there cancels the call.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = co_await applivery::listBuilds(client);
/// @endcode
///
/// @tparam T the type of the outcome.
template <typename T>
class [[nodiscard]] Awaitable {
public:
    /// Starts the call that is awaited.
    using Begin = std::function<void(CancellationToken, std::function<void(T)>)>;

    /// Creates an awaitable. Does not start the call.
    ///
    /// @param cancel cancels the call.
    /// @param begin starts the call. Receives a token that is cancelled by `cancel` and by the destructor.
    Awaitable(CancellationToken cancel, Begin begin) : cancel_(std::move(cancel)), begin_(std::move(begin)) {}
    Awaitable(const Awaitable&) = delete;
    Awaitable& operator=(const Awaitable&) = delete;
    ~Awaitable() {
        state_->detach();
        if (isPending_) source_.cancel();
    }

    /// @{
    /// Provides the interface for `co_await`.
    [[nodiscard]] bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine) {
        onCancel_.emplace(cancel_, [source = source_]() mutable { source.cancel(); });
        isPending_ = true;
        begin(std::move(begin_), source_.token(), state_, coroutine);
    }

    [[nodiscard]] T await_resume() {
        isPending_ = false;
        return state_->take();
    }
    /// @}

private:
    // The coroutine and this object may be destroyed before this function returns, so it uses copies. If the function
    // were inlined, clang before 17 would place the copies in the coroutine's frame.
    [[gnu::noinline]] static void begin(const Begin call, const CancellationToken token,
                                        const std::shared_ptr<detail::AwaitState<T>> state,
                                        std::coroutine_handle<> coroutine) {
        state->setCoroutine(coroutine);
        call(token, [state](T outcome) { state->complete(std::move(outcome)); });
    }

    const CancellationToken cancel_;
    Begin begin_;
    CancellationSource source_;
    std::optional<CancellationCallback> onCancel_;
    const std::shared_ptr<detail::AwaitState<T>> state_ = std::make_shared<detail::AwaitState<T>>();
    bool isPending_ = false;
};

/// Fetches one page as BuildsClient::listBuilds() does.
///
/// @code
/// const applivery::Result<applivery::BuildPage> page = co_await applivery::listBuilds(client);
/// @endcode
[[nodiscard]] inline Awaitable<Result<BuildPage>> listBuilds(const BuildsClient& client, BuildFilter filter = {},
                                                             Page page = {}, CancellationToken cancel = {}) {
    return {std::move(cancel), [client, filter = std::move(filter), page](CancellationToken token, auto done) {
                client.listBuildsAsync(filter, page, std::move(token), std::move(done));
            }};
}

/// Waits for a build as BuildsClient::waitUntilBuildProcessed() does.
///
/// @code
/// const applivery::Result<applivery::WaitResult> result =
///     co_await applivery::waitUntilBuildProcessed(client, applivery::BuildSelector::byId(buildId));
/// @endcode
[[nodiscard]] inline Awaitable<Result<WaitResult>> waitUntilBuildProcessed(const BuildsClient& client,
                                                                           BuildSelector selector,
                                                                           WaitOptions options = {}) {
    const CancellationToken cancel = options.cancel;
    return {cancel,
            [client, selector = std::move(selector), options = std::move(options)](CancellationToken token, auto done) {
                WaitOptions own = options;
                own.cancel = std::move(token);
                client.waitUntilBuildProcessedAsync(selector, std::move(own), std::move(done));
            }};
}

/// Waits for several builds as BuildsClient::waitUntilBuildsProcessed() does.
[[nodiscard]] inline Awaitable<Result<std::vector<WaitResult>>> waitUntilBuildsProcessed(
    const BuildsClient& client, std::vector<BuildSelector> selectors, WaitOptions options = {}) {
    const CancellationToken cancel = options.cancel;
    return {cancel, [client, selectors = std::move(selectors), options = std::move(options)](CancellationToken token,
                                                                                             auto done) {
                WaitOptions own = options;
                own.cancel = std::move(token);
                client.waitUntilBuildsProcessedAsync(selectors, std::move(own), std::move(done));
            }};
}

/// Iterates over the pages of BuildsClient::pages() in a coroutine. An error is the last element.
///
/// Copies share one iteration. After a move, next() delivers one ErrorKind::invalidArgument and then std::nullopt.
///
/// @code
/// applivery::AwaitablePages pages(client);
/// while (const auto page = co_await pages.next()) {
///     if (!*page) {
///         std::cerr << page->error() << '\n';
///         co_return 1;
///     }
///     for (const applivery::Build& build : (*page)->items) std::cout << build.id << '\n';
/// }
/// co_return 0;
/// @endcode
class AwaitablePages {
public:
    /// Creates the iteration, as BuildsClient::pageStream() does. Sends nothing.
    explicit AwaitablePages(const BuildsClient& client, BuildFilter filter = {}, WalkOptions options = {})
        : stream_(std::make_shared<PageStream>(client.pageStream(std::move(filter), std::move(options)))) {}

    /// Requests the next page that contains a build, as PageStream::next() does.
    ///
    /// Await one page at a time. A second coroutine that awaits a page meanwhile receives ErrorKind::invalidArgument.
    /// Destroying a coroutine that awaits a page ends the iteration.
    [[nodiscard]] Awaitable<NextPage> next() {
        if (!stream_) stream_ = std::make_shared<PageStream>(nullptr);  // this object was moved from
        return {CancellationToken(), [stream = stream_](CancellationToken token, auto done) {
                    // If the coroutine is destroyed, stop() ends the iteration, and `done` receives
                    // ErrorKind::cancelled.
                    // The callback first removes onCancel: a stop after the page has arrived must not end the
                    // iteration.
                    struct Pending {
                        std::function<void(NextPage)> done;
                        std::optional<CancellationCallback> onCancel;
                    };
                    const auto pending = std::make_shared<Pending>();
                    pending->done = std::move(done);
                    pending->onCancel.emplace(token, [stream] { stream->stop(); });
                    stream->next([pending](NextPage page) {
                        pending->onCancel.reset();
                        std::exchange(pending->done, nullptr)(std::move(page));
                    });
                }};
    }

    /// Returns the counts so far. The counts are final after std::nullopt was delivered.
    [[nodiscard]] WalkSummary summary() const { return stream_ ? stream_->summary() : WalkSummary{}; }

private:
    std::shared_ptr<PageStream> stream_;
};

}  // namespace applivery
