#include "request/base_url.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <cstddef>

namespace applivery::detail {
namespace {

Error invalidBaseUrl(const std::string& problem) {
    return Error(ErrorKind::invalidArgument, "ClientOptions::baseUrl " + problem + '.');
}

// Adds the text to the message if the text is short and printable. Omits a text with an at sign, because a user name
// and password precede it.
Error malformedBaseUrl(const std::string& problem, const std::string& text) {
    constexpr std::size_t maxLength = 120;
    const bool isShown = text.size() <= maxLength && text.find('@') == std::string::npos && !hasControlCharacter(text);
    const std::string quoted = isShown ? ": \"" + text + '"' : std::string();
    return invalidBaseUrl(problem + quoted + ". Use a URL such as https://api.applivery.io");
}

}  // namespace

Result<BaseUrl> parseBaseUrl(const ClientOptions& options) {
    const std::string text(trimmed(options.baseUrl));
    const Url url(text);
    if (hasControlCharacter(text) || !url.isValid()) return malformedBaseUrl("is not a URL", text);
    if (hasEmptyPort(text)) return malformedBaseUrl("has an empty port", text);
    const std::string scheme = url.part(CURLUPART_SCHEME);
    const std::string host = url.part(CURLUPART_HOST);
    if (scheme != "https" && scheme != "http") return invalidBaseUrl("must begin with https://");
    if (hasControlCharacter(host)) return malformedBaseUrl("has a host with a control character", text);
    if (!url.part(CURLUPART_USER).empty() || !url.part(CURLUPART_PASSWORD).empty()) {
        return invalidBaseUrl("must not contain a user name or password");
    }
    if (!url.part(CURLUPART_QUERY).empty() || !url.part(CURLUPART_FRAGMENT).empty()) {
        return invalidBaseUrl("must not contain a query or fragment");
    }
    if (url.isPlainHttp() && !url.isLoopback() && !options.allowInsecureHttp) {
        return invalidBaseUrl("would send the token unencrypted to " + host +
                              ". Use https, or set ClientOptions::allowInsecureHttp");
    }
    const std::string port = url.part(CURLUPART_PORT);
    const std::string defaultPort = scheme == "https" ? "443" : "80";
    BaseUrl base;
    base.origin = scheme + "://" + host + (port.empty() ? "" : ":" + port);
    base.server = host + ':' + (port.empty() ? defaultPort : port);
    base.path = url.part(CURLUPART_PATH);
    while (!base.path.empty() && base.path.back() == '/') base.path.pop_back();
    return base;
}

}  // namespace applivery::detail
