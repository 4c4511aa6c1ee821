/// @file
/// A completion that counts once, whoever holds it and however often they call it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace applivery::detail {

/// Hands the first value that it is called with to `deliver`, and no other. When the last copy is gone without a call,
/// `deliver` gets `ifDropped`. `deliver` must not throw. Safe to call from many threads at once.
template <typename Value>
class OnceCallback {
public:
    OnceCallback(std::function<void(Value)> deliver, Value ifDropped)
        : state_(std::make_shared<State>(std::move(deliver), std::move(ifDropped))) {}

    void operator()(Value value) const { state_->deliver(std::move(value)); }

private:
    class State {
    public:
        State(std::function<void(Value)> deliver, Value ifDropped)
            : deliver_(std::move(deliver)), ifDropped_(std::move(ifDropped)) {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        ~State() { deliver(std::move(ifDropped_)); }

        void deliver(Value value) {
            if (used_.exchange(true)) return;
            std::exchange(deliver_, nullptr)(std::move(value));  // what it holds must not outlive its one call
        }

    private:
        std::atomic<bool> used_{false};
        std::function<void(Value)> deliver_;
        Value ifDropped_;
    };

    std::shared_ptr<State> state_;
};

}  // namespace applivery::detail
