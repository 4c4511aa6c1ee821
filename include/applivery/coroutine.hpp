/// @file
/// Calls, walks and waits for C++20 coroutines. Include it beside `applivery.hpp`, which does not.
///
/// A coroutine of any kind may await them. It is resumed where a call's `done` runs: on ClientOptions::executor, or
/// else on a thread of the library's own, with the same freedom and the same limits there.
///
/// Destroying a coroutine that is suspended in one of them cancels what it awaits, and nothing of it is touched
/// afterwards. As with every coroutine, it must not be destroyed while it is resumed: destroy it on the executor, where
/// that is one thread, or by the coroutine that it is part of.
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

/// Where a call and the coroutine that awaits it meet. It outlives whichever of the two ends first.
template <typename T>
class Meeting {
public:
    void wait(std::coroutine_handle<> coroutine) {
        const std::lock_guard<std::mutex> lock(mutex_);
        coroutine_ = coroutine;
    }

    void tell(T outcome) {
        std::coroutine_handle<> coroutine;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            outcome_.emplace(std::move(outcome));
            coroutine = std::exchange(coroutine_, nullptr);
        }
        if (coroutine) coroutine.resume();
    }

    /// The coroutine is destroyed, or goes on.
    void leave() {
        const std::lock_guard<std::mutex> lock(mutex_);
        coroutine_ = nullptr;
    }

    /// Once the coroutine was resumed.
    [[nodiscard]] T take() { return *std::move(outcome_); }

private:
    std::mutex mutex_;
    std::coroutine_handle<> coroutine_;
    std::optional<T> outcome_;
};

}  // namespace detail

/// What `co_await` takes: begins its call when it is awaited, once, and gives its outcome. Destroying it before cancels
/// the call.
template <typename T>
class [[nodiscard]] Awaitable {
public:
    /// Begins the call that is awaited.
    using Begin = std::function<void(CancellationToken, std::function<void(T)>)>;

    /// @param cancel the caller's own. @param begin the call, which is given a token that either cancels.
    Awaitable(CancellationToken cancel, Begin begin) : cancel_(std::move(cancel)), begin_(std::move(begin)) {}
    Awaitable(const Awaitable&) = delete;
    Awaitable& operator=(const Awaitable&) = delete;
    ~Awaitable() {
        meeting_->leave();
        if (hasBegun_) source_.cancel();
    }

    /// @{
    /// For `co_await`.
    [[nodiscard]] bool await_ready() const noexcept { return false; }

    void await_suspend(std::coroutine_handle<> coroutine) {
        onCancel_.emplace(cancel_, [source = source_]() mutable { source.cancel(); });
        hasBegun_ = true;
        begin(std::move(begin_), source_.token(), meeting_, coroutine);
    }

    [[nodiscard]] T await_resume() {
        hasBegun_ = false;
        return meeting_->take();
    }
    /// @}

private:
    // The coroutine, and its awaitable with it, may end before this does. Inlined, clang before 17 would keep these
    // copies in the coroutine.
    [[gnu::noinline]] static void begin(const Begin call, const CancellationToken token,
                                        const std::shared_ptr<detail::Meeting<T>> meeting,
                                        std::coroutine_handle<> coroutine) {
        meeting->wait(coroutine);
        call(token, [meeting](T outcome) { meeting->tell(std::move(outcome)); });
    }

    const CancellationToken cancel_;
    Begin begin_;
    CancellationSource source_;
    std::optional<CancellationCallback> onCancel_;
    const std::shared_ptr<detail::Meeting<T>> meeting_ = std::make_shared<detail::Meeting<T>>();
    bool hasBegun_ = false;
};

/// As BuildsClient::listBuilds(): `Result<BuildPage> page = co_await listBuilds(client)`.
[[nodiscard]] inline Awaitable<Result<BuildPage>> listBuilds(const BuildsClient& client, BuildFilter filter = {},
                                                             Page page = {}, CancellationToken cancel = {}) {
    return {std::move(cancel), [client, filter = std::move(filter), page](CancellationToken token, auto done) {
                client.listBuildsAsync(filter, page, std::move(token), std::move(done));
            }};
}

/// As BuildsClient::waitUntilBuildProcessed(): `Result<WaitResult> result = co_await waitUntilBuildProcessed(…)`.
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

/// Waits as BuildsClient::waitUntilBuildsProcessed(): `auto results = co_await waitUntilBuildsProcessed(…)`.
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

/// Iterates over the pages of BuildsClient::pages(): `while (auto page = co_await pages.next())`. An error is the last
/// element, so the loop ends after it.
///
/// Copies share one iteration. After a move, next() delivers one ErrorKind::invalidArgument and then std::nullopt.
class AwaitablePages {
public:
    /// Creates the iteration, as BuildsClient::pageStream() does. Sends nothing.
    explicit AwaitablePages(const BuildsClient& client, BuildFilter filter = {}, WalkOptions options = {})
        : stream_(std::make_shared<PageStream>(client.pageStream(std::move(filter), std::move(options)))) {}

    /// Requests the next page that contains a build, as PageStream::next() does. Await one page at a time: a second
    /// coroutine that awaits a page meanwhile gets ErrorKind::invalidArgument. Destroying a coroutine that awaits a
    /// page ends the iteration.
    [[nodiscard]] Awaitable<NextPage> next() {
        if (!stream_) stream_ = std::make_shared<PageStream>(nullptr);  // it was moved from
        return {CancellationToken(), [stream = stream_](CancellationToken token, auto done) {
                    // If the coroutine ends, the iteration ends with it, and `done` gets ErrorKind::cancelled.
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

    /// Returns the counts so far. They are complete after std::nullopt was delivered.
    [[nodiscard]] WalkSummary summary() const { return stream_ ? stream_->summary() : WalkSummary{}; }

private:
    std::shared_ptr<PageStream> stream_;
};

}  // namespace applivery
