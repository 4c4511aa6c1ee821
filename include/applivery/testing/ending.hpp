/// @file
/// Defines Ending, an internal helper of the test doubles.
#pragma once

#include <applivery/cancellation.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace applivery::detail {

/// Runs a function once: at the first call of run(), or when a token is cancelled. Thread-safe.
class Ending {
public:
    [[nodiscard]] static std::shared_ptr<Ending> of(std::function<void()> function, const CancellationToken& token) {
        auto ending = std::make_shared<Ending>(std::move(function));
        if (token.canBeCancelled()) {
            ending->onCancel_ = std::make_unique<CancellationCallback>(token, [weak = std::weak_ptr<Ending>(ending)] {
                if (const auto cancelled = weak.lock()) cancelled->run();
            });
        }
        return ending;
    }

    explicit Ending(std::function<void()> function) : function_(std::move(function)) {}

    void run() {
        if (!hasRun_.exchange(true)) std::exchange(function_, nullptr)();
    }

    [[nodiscard]] bool hasRun() const noexcept { return hasRun_; }

private:
    std::atomic<bool> hasRun_{false};
    std::function<void()> function_;
    std::unique_ptr<CancellationCallback> onCancel_{};
};

}  // namespace applivery::detail
