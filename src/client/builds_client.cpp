#include "client/client_core.hpp"
#include "client/list_call.hpp"

#include <applivery/builds_client.hpp>

#include <utility>

namespace applivery {
namespace {

// A token of its own that either of two others cancels.
struct LinkedCancellation {
    LinkedCancellation(const CancellationToken& a, const CancellationToken& b)
        : fromA(a, [source = this->source]() mutable { source.cancel(); }),
          fromB(b, [source = this->source]() mutable { source.cancel(); }) {}

    CancellationSource source;
    CancellationCallback fromA;
    CancellationCallback fromB;
};

}  // namespace

BuildsClient::BuildsClient(Credentials credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport)
    : core_(std::make_shared<const detail::ClientCore>(credentials, std::move(options), std::move(transport))) {}

Result<BuildPage> BuildsClient::listBuilds(BuildFilter filter, Page page, CancellationToken token) const {
    return detail::runListCall({core_->services(), std::move(filter), page, std::move(token)});
}

std::future<Result<BuildPage>> BuildsClient::listBuildsAsync(BuildFilter filter, Page page,
                                                             CancellationToken token) const {
    const auto cancellation = std::make_shared<LinkedCancellation>(token, core_->lifetime());
    const auto promise = std::make_shared<std::promise<Result<BuildPage>>>();
    auto future = promise->get_future();
    detail::startListCall(
        {core_->services(), std::move(filter), page, cancellation->source.token()},
        [](const std::function<void()>& work) { work(); },
        [promise, cancellation](Result<BuildPage> result) { promise->set_value(std::move(result)); });
    return future;
}

}  // namespace applivery
