/// @file
/// In which process an object was made.
#pragma once

namespace applivery::detail {

/// After `fork` the child holds copies of its parent's objects: threads that do not run, locks that nobody will unlock,
/// connections that are the parent's to close. What carries a stamp can tell, and leave them alone.
class ForkGuard {
public:
    ForkGuard() noexcept;

    /// Whether this process is a child of the one that made the object.
    [[nodiscard]] bool isForkedChild() const noexcept;

private:
    long process_;
};

}  // namespace applivery::detail
