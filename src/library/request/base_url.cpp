#include "request/base_url.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <utility>

namespace applivery::detail {
namespace {

// A name and a password, which end in an at sign, are not shown.
std::string shown(const std::string& text) {
    constexpr std::size_t longest = 120;
    const bool fit = text.size() <= longest && text.find('@') == std::string::npos && !hasControlCharacter(text);
    return (fit ? ": \"" + text + '"' : std::string()) + ". Write it as https://api.applivery.io";
}

Error refused(const std::string& why) {
    return Error(ErrorKind::invalidArgument, "ClientOptions::baseUrl " + why);
}

}  // namespace

Result<BaseUrl> parseBaseUrl(const ClientOptions& options) {
    const std::string text(trimmed(options.baseUrl));
    const Url url(text);
    if (hasControlCharacter(text) || !url.isValid()) return refused("is not a URL" + shown(text));
    if (hasEmptyPort(text)) return refused("has an empty port" + shown(text));
    const std::string scheme = url.part(CURLUPART_SCHEME);
    const std::string host = url.part(CURLUPART_HOST);
    if (scheme != "https" && scheme != "http") return refused("must begin with https://");
    if (hasControlCharacter(host)) return refused("names a host with a control character" + shown(text));
    if (!url.part(CURLUPART_USER).empty() || !url.part(CURLUPART_PASSWORD).empty()) {
        return refused("must not hold a user name or password");
    }
    if (!url.part(CURLUPART_QUERY).empty() || !url.part(CURLUPART_FRAGMENT).empty()) {
        return refused("must not hold a query or a fragment");
    }
    if (url.isPlainHttp() && !url.isLoopback() && !options.allowInsecureHttp) {
        return refused("would send the token unencrypted to " + host +
                       ". Use https, or set ClientOptions::allowInsecureHttp");
    }
    const std::string port = url.part(CURLUPART_PORT);
    std::string path = url.part(CURLUPART_PATH);
    while (!path.empty() && path.back() == '/') path.pop_back();
    return BaseUrl{scheme + "://" + host + (port.empty() ? "" : ":" + port), std::move(path)};
}

}  // namespace applivery::detail
