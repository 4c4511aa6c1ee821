#include "memory/failing_allocator.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> untilFailure{-1};  // remaining allocations that succeed; negative if none fails

void* allocate(std::size_t size) {
    if (untilFailure >= 0 && untilFailure-- == 0) throw std::bad_alloc();
    if (void* const memory = std::malloc(size > 0 ? size : 1)) return memory;
    throw std::bad_alloc();
}

}  // namespace

namespace applivery::test {

void failAllocation(long after) {
    untilFailure = after;
}

bool hasAllocationFailed() {
    return untilFailure.exchange(-1) < 0;
}

}  // namespace applivery::test

#ifdef APPLIVERY_WRAPPED_NEW

// The linker replaces calls of operator new by calls of these functions (--wrap).
extern "C" void* __wrap__Znwm(std::size_t size) {
    return allocate(size);
}
extern "C" void* __wrap__Znam(std::size_t size) {
    return allocate(size);
}

#else

void* operator new(std::size_t size) {
    return allocate(size);
}
void* operator new[](std::size_t size) {
    return allocate(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

#endif
