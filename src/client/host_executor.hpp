/// @file
/// The host's own executor, ClientOptions::executor, whatever it does with what it is given.
#pragma once

#include "client/executor.hpp"
#include "core/one_shot.hpp"
#include "core/user_code.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace applivery::detail {

/// A task that is run twice runs once; one that is dropped, or that the executor throws at, abandons its work.
class HostExecutor final : public Executor {
public:
    using Function = std::function<void(std::function<void()>)>;

    explicit HostExecutor(Function function) : function_(std::move(function)) {}

    void post(std::shared_ptr<Stepwise> work) noexcept override {
        try {
            const OneShot<std::optional<Error>> turn(
                [work](std::optional<Error> why) { why ? work->abandon(*std::move(why)) : work->step(); },
                Error(ErrorKind::connection, "ClientOptions::executor dropped what it was to run."));
            const auto task = [turn] { turn(std::nullopt); };
            if (auto why = callUserCode("ClientOptions::executor", [&] { function_(task); })) turn(std::move(why));
        } catch (...) {  // for want of memory
            work->abandon(errorOfException("the call"));
        }
    }

private:
    const Function function_;
};

}  // namespace applivery::detail
