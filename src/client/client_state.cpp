#include "client/client_state.hpp"

#include <utility>

namespace applivery::detail {

ClientState::ClientState(const Credentials& credentials, ClientOptions options,
                         std::shared_ptr<HttpTransport> transport)
    : log_(options.log),
      clock_(options.clock ? std::exchange(options.clock, nullptr) : makeSystemClock()),
      transport_(transport ? std::move(transport) : makeCurlTransport(options)),
      context_(makeEndpoint(credentials, options).transform([&](Endpoint endpoint) {
          const auto pace = Pace::of(transport_, options.maxRequestsPerSecond);
          return std::make_shared<const CallContext>(
              CallContext{std::move(endpoint), std::move(options), transport_, clock_, pace});
      })) {}

ClientState::~ClientState() {
    // In a forked child the calls are the parent's, and what they wait for may be locked for good.
    if (!stamp_.isInherited()) lifetime_.cancel();
}

}  // namespace applivery::detail
