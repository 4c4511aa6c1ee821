#include "client/page_walk.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/build_range.hpp>

#include <optional>
#include <utility>

namespace applivery {

template <typename T, typename Walk>
void WalkRange<T, Walk>::iterator::advance() {
    if (current_ && !*current_) {  // a failure is the last
        walk_.reset();
        return;
    }
    std::optional<T> next;
    try {
        if (detail::WorkerThread::isCurrent()) {
            next = T(Error(ErrorKind::invalidArgument,
                           "a range was read on a thread of the library's own, where it would wait for itself."));
        } else {
            next = walk_->next();
        }
    } catch (...) {
        next = T(detail::errorOfException("the walk"));
    }
    if (!next) {
        walk_.reset();
        return;
    }
    current_ = std::make_shared<T>(*std::move(next));
}

template <typename T, typename Walk>
WalkSummary WalkRange<T, Walk>::summary() const {
    return walk_->summary();
}

template class WalkRange<Result<BuildPage>, detail::PageWalk>;
template class WalkRange<Result<Build>, detail::BuildWalk>;

}  // namespace applivery
