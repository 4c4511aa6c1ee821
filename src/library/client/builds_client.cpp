#include "client/client_state.hpp"
#include "client/list_call.hpp"
#include "core/user_code.hpp"
#include "core/worker_thread.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace {

// Starts a call on the client's executor. Passes an allocation failure to the callback.
void startClientCall(const detail::ClientState* client, BuildFilter&& filter, Page page, CancellationToken&& token,
                     const detail::ListCallCallback& callback) noexcept {
    // Starts no call while the process is ending: callbacks that start the next call would keep the process from
    // ending. A call that returns a future is started, because its callback starts no call and the future needs a
    // result.
    if (!callback.isForAnyThread && detail::WorkerThread::processIsEnding()) return;
    const auto start = [&] {
        auto [request, executor] = detail::asyncRequestOf(client, std::move(filter), page, std::move(token));
        detail::startListCall(std::move(request), std::move(executor), callback);
    };
    if (auto refusal = detail::invokeUserCode("the call", start)) {  // std::bad_alloc
        (void)detail::invokeUserCode("", [&] { callback.done(*std::move(refusal)); });
    }
}

std::future<Result<BuildPage>> refusedFuture() {
    std::promise<Result<BuildPage>> promise;
    promise.set_value(
        Error(ErrorKind::invalidArgument,
              "this call returns a future and was made on a thread of the library, such as in the callback of another "
              "call. Waiting for the future there would block that thread forever. Use the overload with a callback."));
    return promise.get_future();
}

}  // namespace

BuildsClient::BuildsClient(Credentials credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport)
    : state_(std::make_shared<const detail::ClientState>(credentials, std::move(options), std::move(transport))) {}

BuildsClient::BuildsClient(std::shared_ptr<const detail::ClientState> state) : state_(std::move(state)) {}

Result<BuildPage> BuildsClient::listBuilds(BuildFilter filter, Page page, CancellationToken token) const {
    return detail::runBlocking<Result<BuildPage>>([&](const auto& executor, auto done) {
        auto request = detail::requestOf(state_.get(), std::move(filter), page, std::move(token));
        detail::startListCall(std::move(request), executor, {std::move(done)});
    });
}

std::future<Result<BuildPage>> BuildsClient::listBuildsAsync(BuildFilter filter, Page page,
                                                             CancellationToken token) const {
    // On a thread of the library, waiting for the future would block that thread forever. The library cannot detect
    // whether the caller waits, so every call on such a thread fails.
    if (detail::WorkerThread::isCurrent()) return refusedFuture();
    const auto promise = std::make_shared<std::promise<Result<BuildPage>>>();
    constexpr bool isForAnyThread = true;
    startClientCall(state_.get(), std::move(filter), page, std::move(token),
                    {[promise](Result<BuildPage> result) { promise->set_value(std::move(result)); }, isForAnyThread});
    return promise->get_future();
}

void BuildsClient::listBuildsAsync(BuildFilter filter, Page page, CancellationToken token,
                                   Callback<void(Result<BuildPage>)> done) const {
    const auto state = state_;  // `done` may destroy this object
    startClientCall(state.get(), std::move(filter), page, std::move(token),
                    {detail::loggingCallback(detail::contextOf(state.get()), std::move(done).release())});
}

}  // namespace applivery
