#include <applivery/http_transport.hpp>

namespace applivery {

HttpTransport::~HttpTransport() = default;

}  // namespace applivery
