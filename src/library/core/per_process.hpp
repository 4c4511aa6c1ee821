/// @file
/// What a process has one of, and a forked child must not share.
#pragma once

#include "core/fork_guard.hpp"

#include <atomic>
#include <memory>

namespace applivery::detail {

/// The one `T` of this process, made with the first need and never destroyed: other threads may use it to the very end.
/// A forked child makes one of its own, and leaves its parent's untouched.
template <typename T>
T& perProcess() {
    struct Holder {
        T value{};
        const ForkGuard stamp{};
        const Holder* inherited = nullptr;  // for leak checkers: what the parent left is not lost
    };
    static std::atomic<Holder*> slot{nullptr};
    Holder* holder = slot.load();
    while (holder == nullptr || holder->stamp.isForkedChild()) {
        auto made = std::make_unique<Holder>();
        made->inherited = holder;
        if (slot.compare_exchange_strong(holder, made.get())) holder = made.release();
    }
    return holder->value;
}

}  // namespace applivery::detail
