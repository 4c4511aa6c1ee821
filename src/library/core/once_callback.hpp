/// @file
/// Defines OnceCallback, a completion handler that is called exactly once.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

namespace applivery::detail {

/// Passes the value of the first call to `deliver`, and ignores further calls. If the last copy is destroyed before a
/// call, `deliver` receives `ifDropped`. `deliver` must not throw. Thread-safe.
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
            if (isDelivered_.exchange(true)) return;
            std::exchange(deliver_, nullptr)(std::move(value));  // destroys the captures after the only call
        }

    private:
        std::atomic<bool> isDelivered_{false};
        std::function<void(Value)> deliver_;
        Value ifDropped_;
    };

    std::shared_ptr<State> state_;
};

}  // namespace applivery::detail
