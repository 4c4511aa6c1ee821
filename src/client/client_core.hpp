/// @file
/// What the copies of a client share, and what each of its calls needs.
#pragma once

#include "request/list_builds_request.hpp"

#include <applivery/cancellation.hpp>
#include <applivery/client_options.hpp>
#include <applivery/credentials.hpp>
#include <applivery/http_transport.hpp>
#include <applivery/result.hpp>

#include <memory>

namespace applivery::detail {

/// Outlives the client where a call is still in flight.
struct Services {
    Result<Endpoint> endpoint;  ///< Or why every call is refused.
    ClientOptions options;
    std::shared_ptr<HttpTransport> transport;
    std::shared_ptr<Clock> clock;
};

class ClientCore {
public:
    ClientCore(const Credentials& credentials, ClientOptions options, std::shared_ptr<HttpTransport> transport);
    ClientCore(const ClientCore&) = delete;
    ClientCore& operator=(const ClientCore&) = delete;
    ~ClientCore() { lifetime_.cancel(); }

    [[nodiscard]] const std::shared_ptr<const Services>& services() const noexcept { return services_; }

    /// Cancelled when the last copy of the client is gone.
    [[nodiscard]] CancellationToken lifetime() const noexcept { return lifetime_.token(); }

private:
    std::shared_ptr<const Services> services_;
    CancellationSource lifetime_;
};

}  // namespace applivery::detail
