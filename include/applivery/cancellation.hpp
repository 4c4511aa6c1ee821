/// @file
/// Cancels calls. The types correspond to std::stop_source, std::stop_token and std::stop_callback.
#pragma once

#include <applivery/callback.hpp>
#include <applivery/export.hpp>

#include <memory>
#if __cplusplus >= 202002L && __has_include(<stop_token>)
#    include <stop_token>
#endif

APPLIVERY_WARNINGS_PUSH
namespace applivery {

namespace detail {
struct CancellationState;
}

/// Represents a request to cancel, which a call receives as an argument. Obtained from CancellationSource::token().
///
/// A default-constructed token is never cancelled. Tokens are cheap to copy and thread-safe.
///
/// @code
/// while (!token.isCancelled()) processNextFile();
/// @endcode
class APPLIVERY_API CancellationToken {
public:
    /// Creates a token that is never cancelled.
    CancellationToken() noexcept = default;

#ifdef __cpp_lib_jthread
    /// Creates a token that is cancelled when a stop of `token` is requested (C++20).
    CancellationToken(const std::stop_token& token);  // NOLINT(google-explicit-constructor)
#endif

    /// Returns whether the source of this token was cancelled.
    [[nodiscard]] bool isCancelled() const noexcept;

    /// Returns whether the token has a source.
    [[nodiscard]] bool canBeCancelled() const noexcept {
        return state_ != nullptr;
    }

private:
    friend class CancellationSource;
    friend class CancellationCallback;
    explicit CancellationToken(std::shared_ptr<detail::CancellationState> state) noexcept : state_(std::move(state)) {}

    std::shared_ptr<detail::CancellationState> state_{};
};

/// Cancels the calls that received its token.
///
/// Copies share one state. A cancelled state stays cancelled. Thread-safe. The destructor cancels nothing.
///
/// @code
/// applivery::CancellationSource source;
/// std::future<applivery::Result<applivery::BuildPage>> page = client.listBuildsAsync({}, {}, source.token());
/// source.cancel();
/// if (!page.get()) std::cout << "cancelled\n";
/// @endcode
class APPLIVERY_API CancellationSource {
public:
    /// Creates a source that is not cancelled.
    CancellationSource();

    /// Cancels the calls that received a token of this source. These calls end within 100 ms, if
    /// ClientOptions::executor runs their tasks without delay.
    ///
    /// Runs the function of each CancellationCallback on the calling thread, before cancel() returns.
    void cancel();

    /// Returns a token of this source.
    [[nodiscard]] CancellationToken token() const noexcept { return CancellationToken{state_}; }

private:
    std::shared_ptr<detail::CancellationState> state_{};
};

/// Runs a function once when a token is cancelled, on the thread that cancels.
///
/// The destructor waits until a running function has returned. Afterwards, the function is never called. The function
/// may destroy its own CancellationCallback: the destructor then does not wait. Exceptions that the function throws are
/// ignored.
///
/// @code
/// const applivery::CancellationCallback onCancel(token, [&cancelled] { cancelled.set_value(); });
/// @endcode
class APPLIVERY_API CancellationCallback {
public:
    /// Creates an object without a function.
    CancellationCallback() noexcept = default;
    /// Registers the function. If the token is cancelled already, runs the function before the constructor returns.
    CancellationCallback(const CancellationToken& token, Callback<void()> function);
    ~CancellationCallback();
    CancellationCallback(const CancellationCallback&) = delete;
    CancellationCallback& operator=(const CancellationCallback&) = delete;

private:
    struct Entry;
    friend struct detail::CancellationState;
    std::shared_ptr<detail::CancellationState> state_{};
    std::shared_ptr<Entry> entry_{};
};

#ifdef __cpp_lib_jthread
inline CancellationToken::CancellationToken(const std::stop_token& token) : state_() {
    struct Link {
        explicit Link(const std::stop_token& token) : onStop(token, Cancel{source}) {}
        struct Cancel {
            CancellationSource source;
            void operator()() { source.cancel(); }
        };
        CancellationSource source{};
        std::stop_callback<Cancel> onStop;
    };
    if (!token.stop_possible()) return;
    const auto link = std::make_shared<Link>(token);
    // The state shares the ownership of the link, so onStop exists as long as anything refers to the state.
    state_ = std::shared_ptr<detail::CancellationState>(link, link->source.token().state_.get());
}
#endif

}  // namespace applivery
APPLIVERY_WARNINGS_POP
