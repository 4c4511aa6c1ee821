#include "client/client_core.hpp"

#include <utility>

namespace applivery::detail {

ClientCore::ClientCore(const Credentials& credentials, ClientOptions options,
                       std::shared_ptr<HttpTransport> transport) {
    if (!transport) transport = makeCurlTransport(options);
    std::shared_ptr<Clock> clock = options.clock ? options.clock : makeSystemClock();
    Result<Endpoint> endpoint = makeEndpoint(credentials, options);
    services_ = std::make_shared<const Services>(
        Services{std::move(endpoint), std::move(options), std::move(transport), std::move(clock)});
}

}  // namespace applivery::detail
