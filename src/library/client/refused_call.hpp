/// @file
/// A call that does not even begin.
#pragma once

#include "client/executor.hpp"
#include "client/list_call.hpp"
#include "core/user_code.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace applivery::detail {

/// Tells its outcome on an executor, as a call does.
class RefusedCall final : public Task {
public:
    RefusedCall(Error error, std::function<void(Result<BuildPage>)> done)
        : error_(std::move(error)), done_(std::move(done)) {}

    void step() noexcept override {
        (void)invokeUserCode("", [this] { done_(std::move(error_)); });  // a copy might find no memory
    }
    void abandon(Error) noexcept override { step(); }

private:
    Error error_;
    const std::function<void(Result<BuildPage>)> done_;
};

/// Tells who waits for a call that it is refused.
inline void refuse(const Error& error, Executor& executor, const ListCallCompletion& completion) {
    if (completion.isAnywhere) return completion.done(error);
    executor.post(std::make_shared<RefusedCall>(error, completion.done));
}

}  // namespace applivery::detail
