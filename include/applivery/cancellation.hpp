/// @file
/// Ending a call early, in the manner of `std::stop_source`, `std::stop_token` and `std::stop_callback`.
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

/// Asked by a call whether to go on. A token that comes from no source is never cancelled.
///
/// Cheap to copy; safe to use from many threads at once.
class APPLIVERY_API CancellationToken {
public:
    CancellationToken() noexcept = default;

#ifdef __cpp_lib_jthread
    /// C++20: cancelled when a stop of this token is requested.
    CancellationToken(const std::stop_token& token);  // NOLINT(google-explicit-constructor)
#endif

    /// Whether the source of this token was cancelled.
    [[nodiscard]] bool isCancelled() const noexcept;

    /// Whether isCancelled() can ever become true.
    [[nodiscard]] bool canBeCancelled() const noexcept {
        return state_ != nullptr;
    }

private:
    friend class CancellationSource;
    friend class CancellationCallback;
    explicit CancellationToken(std::shared_ptr<detail::CancellationState> state) noexcept : state_(std::move(state)) {}

    std::shared_ptr<detail::CancellationState> state_{};
};

/// Cancels the calls that were given its token. Copies share one state, which is cancelled once and for good.
///
/// Safe to use from many threads at once. Destroying it cancels nothing.
class APPLIVERY_API CancellationSource {
public:
    CancellationSource();

    /// Ends what was given a token of this source within 100 ms, and runs the callbacks on this thread.
    void cancel();

    /// For the calls that cancel() is to end.
    [[nodiscard]] CancellationToken token() const noexcept { return CancellationToken{state_}; }

private:
    std::shared_ptr<detail::CancellationState> state_{};
};

/// Runs a function once when the token is cancelled: at once where it already is, else on the thread that cancels.
///
/// After the destructor returns the function is not running, unless the destructor was called from inside it. What the
/// function throws is dropped.
class APPLIVERY_API CancellationCallback {
public:
    CancellationCallback() noexcept = default;
    /// Runs `function` before this returns where the token is cancelled already.
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
    state_ = std::shared_ptr<detail::CancellationState>(link, link->source.token().state_.get());
}
#endif

}  // namespace applivery
APPLIVERY_WARNINGS_POP
