/// @file
/// Provides objects of which each process has one.
#pragma once

#include "core/fork_guard.hpp"

#include <atomic>
#include <memory>

namespace applivery::detail {

/// Returns the only `T` of this process. Creates the object on first use, and never destroys it, because other threads
/// may use it until the process ends. A forked child creates its own object, and does not use that of its parent.
/// Thread-safe. May throw std::bad_alloc.
template <typename T>
T& perProcess() {
    struct Holder {
        T value{};
        const ForkGuard forkGuard{};
        const Holder* inherited = nullptr;  // so that leak checkers find the parent's object reachable
    };
    static std::atomic<Holder*> slot{nullptr};
    Holder* holder = slot.load();
    while (holder == nullptr || holder->forkGuard.isForkedChild()) {
        auto created = std::make_unique<Holder>();
        created->inherited = holder;
        if (slot.compare_exchange_strong(holder, created.get())) holder = created.release();
    }
    return holder->value;
}

}  // namespace applivery::detail
