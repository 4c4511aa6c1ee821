#include "core/fork_guard.hpp"

#ifndef _WIN32
#    include <unistd.h>
#endif

namespace applivery::detail {
namespace {

long currentProcess() noexcept {
#ifdef _WIN32
    return 0;  // no fork
#else
    return getpid();
#endif
}

}  // namespace

ForkGuard::ForkGuard() noexcept : process_(currentProcess()) {}

bool ForkGuard::isForkedChild() const noexcept {
    return process_ != currentProcess();
}

}  // namespace applivery::detail
