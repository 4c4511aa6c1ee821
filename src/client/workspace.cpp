#include <applivery/workspace.hpp>

#include <utility>

namespace applivery {

Workspace::Workspace(ServiceAccountToken token, std::string organizationId, ClientOptions options,
                     std::shared_ptr<HttpTransport> transport)
    : token_(std::move(token)),
      organizationId_(std::move(organizationId)),
      options_(std::move(options)),
      transport_(std::move(transport)) {
    if (!options_.clock) options_.clock = makeSystemClock();
    if (!transport_) transport_ = makeCurlTransport(options_);
}

BuildsClient Workspace::app(std::string applicationId) const {
    return BuildsClient(ServiceAccount{token_.token, organizationId_, std::move(applicationId)}, options_, transport_);
}

}  // namespace applivery
