#include "client/apps_walk.hpp"
#include "client/page_walk.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/build_range.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace applivery {

namespace detail {

// The last element of a walk that cannot go on.
template <typename T, typename Walk>
std::optional<T> failure(Walk& walk, Error error) {
    walk.end();
    if constexpr (std::is_same_v<T, AppBuild>) {
        return AppBuild{{}, std::move(error)};
    } else {
        return T(std::move(error));
    }
}

}  // namespace detail

namespace {

Error wouldWaitForItself() {
    return Error(ErrorKind::invalidArgument,
                 "a range was read on a thread of the library's own, where it would wait for itself.");
}

}  // namespace

template <typename T, typename Walk>
void WalkRange<T, Walk>::iterator::advance() {
    if (!walk_ || walk_->hasEnded()) {
        walk_.reset();
        return;
    }
    const auto element = std::make_shared<std::optional<T>>();  // before an element is taken that it could not hold
    try {
        *element = detail::WorkerThread::isCurrent() ? detail::failure<T>(*walk_, wouldWaitForItself()) : walk_->next();
    } catch (...) {
        *element = detail::failure<T>(*walk_, detail::errorOfException("the walk"));
    }
    if (*element) {
        current_ = std::shared_ptr<T>(element, &**element);
    } else {
        walk_.reset();
    }
}

template <typename T, typename Walk>
WalkSummary WalkRange<T, Walk>::summary() const {
    return walk_ ? walk_->summary() : WalkSummary{};
}

template class WalkRange<Result<BuildPage>, detail::PageWalk>;
template class WalkRange<Result<Build>, detail::BuildWalk>;
template class WalkRange<AppBuild, detail::AppsWalk>;

}  // namespace applivery
