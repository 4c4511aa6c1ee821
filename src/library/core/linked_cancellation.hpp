/// @file
/// Links a cancellation token to two others.
#pragma once

#include <applivery/cancellation.hpp>

namespace applivery::detail {

/// Provides a token that is cancelled as soon as one of two other tokens is cancelled.
class LinkedCancellation {
public:
    LinkedCancellation(const CancellationToken& a, const CancellationToken& b)
        : fromA_(a, [source = this->source_]() mutable { source.cancel(); }),
          fromB_(b, [source = this->source_]() mutable { source.cancel(); }) {}

    [[nodiscard]] CancellationToken token() const noexcept { return source_.token(); }

private:
    CancellationSource source_;
    CancellationCallback fromA_;
    CancellationCallback fromB_;
};

}  // namespace applivery::detail
