/// @file
/// Defines a transport that reports the received part of responses that are cut off.
#pragma once

#include <applivery/export.hpp>
#include <applivery/http_transport.hpp>

#include <functional>
#include <memory>

namespace applivery {

/// Receives a request and the part of its response that arrived before the exchange failed. Must not throw or block.
using PartialResponseHandler = std::function<void(const HttpRequest&, HttpResponse)>;

/// Creates the default transport, as makeCurlTransport(const ClientOptions&) does, for programs that record responses.
///
/// Calls `onPartialResponse` if an exchange fails after the head of the response was complete. The body can then be cut
/// off. A response that exceeds a size limit is not reported. The next call of a `done` on the same thread is that of
/// the same exchange.
[[nodiscard]] APPLIVERY_API std::shared_ptr<HttpTransport> makeCurlTransport(const ClientOptions& options,
                                                                             PartialResponseHandler onPartialResponse);

}  // namespace applivery
