/// @file
/// An operator new that fails once on demand, on any thread.
#pragma once

namespace applivery::test {

/// Lets this number of allocations succeed and the next allocation fail.
void failAllocation(long after);

/// Returns whether the allocation failed. All further allocations succeed.
bool hasAllocationFailed();

}  // namespace applivery::test
