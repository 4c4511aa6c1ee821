#include "client/apps_iteration.hpp"
#include "client/client_state.hpp"
#include "core/transport_options.hpp"

#include <applivery/workspace.hpp>

#include <utility>

namespace applivery {

Workspace::Workspace(ServiceAccountToken token, std::string organizationId, ClientOptions options,
                     std::shared_ptr<HttpTransport> transport)
    : token_(std::move(token)),
      organizationId_(std::move(organizationId)),
      options_(std::move(options)),
      completions_(std::make_shared<detail::CompletionThread>()),
      transport_(std::move(transport)) {
    if (!options_.clock) options_.clock = makeSystemClock();
    // If the options of the transport are invalid, there is no shared transport. Each client then returns the error.
    if (!transport_ && !detail::validateTransportOptions(options_)) transport_ = makeCurlTransport(options_);
}

AppBuildRange Workspace::builds(std::vector<std::string> applicationIds, BuildFilter filter,
                                WalkOptions options) const {
    const int appsAtOnce = options.appsAtOnce;
    const auto makePages = [workspace = *this, filter = std::move(filter), options = std::move(options)](
                               const std::string& id, std::shared_ptr<detail::ReaderQueue> queue) {
        const auto client = workspace.stateOf(id);
        return std::make_unique<detail::PageIteration>(client, detail::requestOf(client.get(), filter), options,
                                                       std::move(queue));
    };
    return AppBuildRange(std::make_shared<detail::AppsIteration>(std::move(applicationIds), makePages, appsAtOnce));
}

BuildsClient Workspace::app(std::string applicationId) const {
    return BuildsClient(stateOf(std::move(applicationId)));
}

std::shared_ptr<const detail::ClientState> Workspace::stateOf(std::string applicationId) const {
    return std::make_shared<const detail::ClientState>(
        ServiceAccount{token_.token, organizationId_, std::move(applicationId)}, options_, transport_, completions_);
}

}  // namespace applivery
