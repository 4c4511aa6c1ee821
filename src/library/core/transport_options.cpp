#include "core/transport_options.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace applivery::detail {
namespace {

Error invalidOption(std::string message) {
    return Error(ErrorKind::invalidArgument, std::move(message));
}

// Assumes http if the proxy has no scheme, as libcurl does. The messages omit the URL, which may contain a password.
std::optional<Error> validateProxy(const std::string& proxy) {
    constexpr std::array<std::string_view, 6> schemes{"http", "https", "socks4", "socks4a", "socks5", "socks5h"};
    if (proxy.empty()) return std::nullopt;
    const std::size_t separator = proxy.find("://");
    const bool hasScheme = separator != std::string::npos;
    const std::string_view scheme = hasScheme ? std::string_view(proxy).substr(0, separator) : schemes.front();
    if (std::none_of(schemes.begin(), schemes.end(),
                     [&](std::string_view supported) { return equalsIgnoringCase(supported, scheme); })) {
        return invalidOption(
            "ClientOptions::proxy has an unknown scheme. Use http, https, socks4, socks4a, socks5 or socks5h.");
    }
    const std::string url = "http://" + (hasScheme ? proxy.substr(separator + 3) : proxy);
    if (hasControlCharacter(url) || !Url(url).isValid() || hasEmptyPort(url)) {
        return invalidOption("ClientOptions::proxy is not a URL. Write it as http://HOST:PORT.");
    }
    return std::nullopt;
}

}  // namespace

std::optional<Error> validateTransportOptions(const ClientOptions& options) {
    if (options.connectTimeout.count() <= 0) return invalidOption("ClientOptions::connectTimeout is not above 0.");
    if (options.requestTimeout.count() <= 0) return invalidOption("ClientOptions::requestTimeout is not above 0.");
    if (options.maxConnections < 1) return invalidOption("ClientOptions::maxConnections is below 1.");
    return validateProxy(options.proxy.value_or(std::string()));
}

}  // namespace applivery::detail
