#include "core/process_stamp.hpp"

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

ProcessStamp::ProcessStamp() noexcept : process_(currentProcess()) {}

bool ProcessStamp::isInherited() const noexcept {
    return process_ != currentProcess();
}

}  // namespace applivery::detail
