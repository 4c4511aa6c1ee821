/// @file
/// The program's operator new, which fails once, on whichever thread, when it is told to.
#pragma once

namespace applivery::test {

/// Lets so many allocations succeed, and the next one fail.
void failAllocation(long after);

/// Whether that one came. From here on all allocations succeed.
bool hasAllocationFailed();

}  // namespace applivery::test
