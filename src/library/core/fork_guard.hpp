/// @file
/// Detects objects that a forked child inherited.
#pragma once

namespace applivery::detail {

/// Detects that a forked child uses an object of its parent. After `fork`, the child has copies of the parent's
/// objects: threads that do not run, mutexes that stay locked, and connections that the parent still uses.
class ForkGuard {
public:
    ForkGuard() noexcept;

    /// Returns whether this process is a forked child of the process that created the object.
    [[nodiscard]] bool isForkedChild() const noexcept;

private:
    long process_;
};

}  // namespace applivery::detail
