#include "client/client_state.hpp"
#include "client/completion.hpp"
#include "client/list_call.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace {

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
        if (detail::WorkerThread::isCurrent()) return detail::WorkerThread::wouldWaitForItself();
        return detail::requestOf(state_.get(), std::move(filter), page, std::move(token)).and_then(detail::runListCall);
    });
}

std::future<Result<BuildPage>> BuildsClient::listBuildsAsync(BuildFilter filter, Page page,
                                                             CancellationToken token) const {
    return detail::runListCallAsync(
        state_.get(), [&] { return detail::requestOf(state_.get(), std::move(filter), page, std::move(token)); });
}

void BuildsClient::listBuildsAsync(BuildFilter filter, Page page, CancellationToken token,
                                   Callback<void(Result<BuildPage>)> done) const {
    const auto state = state_;  // `done` may destroy this object
    detail::runListCallAsync(state.get(),
                             [&] { return detail::requestOf(state.get(), std::move(filter), page, std::move(token)); },
                             {detail::loggingCompletion(detail::contextOf(state.get()), std::move(done).release())});
}

BuildsClient::BuildsClient(std::shared_ptr<const detail::ClientState> state) : state_(std::move(state)) {}

}  // namespace applivery
