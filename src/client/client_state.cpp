#include "client/client_state.hpp"

#include <utility>

namespace applivery::detail {

ClientState::ClientState(const Credentials& credentials, ClientOptions options,
                         std::shared_ptr<HttpTransport> transport)
    : clock_(std::exchange(options.clock, nullptr)), transport_(std::move(transport)) {
    if (!clock_) clock_ = makeSystemClock();
    if (!transport_) transport_ = makeCurlTransport(options);
    Result<Endpoint> endpoint = makeEndpoint(credentials, options);
    context_ =
        std::make_shared<const CallContext>(CallContext{std::move(endpoint), std::move(options), transport_, clock_});
}

ClientState::~ClientState() {
    // In a forked child the calls are the parent's, and what they wait for may be locked for good.
    if (!stamp_.isInherited()) lifetime_.cancel();
}

}  // namespace applivery::detail
