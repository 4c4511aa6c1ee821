/// @file
/// How the functions of the user are told an outcome.
#pragma once

#include "client/client_state.hpp"
#include "core/log.hpp"
#include "core/user_code.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace applivery::detail {

/// The user's function, of which what it throws is logged, without the secret. Null tells nobody.
/// @param context of the client; null where it cannot be used.
template <typename T>
std::function<void(T)> loggingCompletion(std::shared_ptr<const CallContext> context, std::function<void(T)> done) {
    return [context = std::move(context), done = std::move(done)](T outcome) {
        if (!done) return;
        const auto thrown = invokeUserCode("the completion of a call", [&] { done(std::move(outcome)); });
        if (thrown && context) {
            (void)invokeUserCode("", [&] {
                logLine(context->options.log, LogLevel::error, context->endpoint.secret.redacted(thrown->message()));
            });
        }
    };
}

}  // namespace applivery::detail
