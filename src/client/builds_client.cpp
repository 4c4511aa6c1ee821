#include "client/client_state.hpp"
#include "client/list_call.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace {

Error movedFrom() {
    return Error(ErrorKind::invalidArgument, "this client was moved from. Use the one that it was moved to.");
}

Error wouldWaitForItself() {
    return Error(ErrorKind::invalidArgument,
                 "listBuilds() was called on a thread of the library's own, such as by a logger or a retry policy, "
                 "where it would wait for itself. Call listBuildsAsync() there.");
}

// What is thrown on the way into a call, where memory is refused, is its outcome.
template <typename Call>
Result<BuildPage> withoutThrowing(Call&& call) noexcept {
    try {
        return std::forward<Call>(call)();
    } catch (...) {
        return detail::errorOfException("the call");
    }
}

}  // namespace

BuildsClient::BuildsClient(Credentials credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport)
    : state_(std::make_shared<const detail::ClientState>(credentials, std::move(options), std::move(transport))) {}

Result<BuildPage> BuildsClient::listBuilds(BuildFilter filter, Page page, CancellationToken token) const {
    return withoutThrowing([&]() -> Result<BuildPage> {
        if (!state_) return movedFrom();
        if (detail::WorkerThread::isCurrent()) return wouldWaitForItself();
        return detail::runListCall({state_->context(), std::move(filter), page, state_->lifetime(), std::move(token)});
    });
}

std::future<Result<BuildPage>> BuildsClient::listBuildsAsync(BuildFilter filter, Page page,
                                                             CancellationToken token) const {
    const auto promise = std::make_shared<std::promise<Result<BuildPage>>>();
    auto future = promise->get_future();
    const auto refusal = withoutThrowing([&]() -> Result<BuildPage> {
        if (!state_) return movedFrom();
        detail::startListCall({state_->context(), std::move(filter), page, state_->lifetime(), std::move(token)},
                              std::make_shared<detail::InlineExecutor>(),
                              [promise](Result<BuildPage> result) { promise->set_value(std::move(result)); });
        return BuildPage{};
    });
    if (!refusal) promise->set_value(refusal.error());
    return future;
}

}  // namespace applivery
