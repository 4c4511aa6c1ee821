#include "request/base_url.hpp"

#include "core/text.hpp"

#include <curl/curl.h>

#include <memory>
#include <utility>

namespace applivery::detail {
namespace {

struct FreeUrl {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
struct FreeText {
    void operator()(char* text) const noexcept { curl_free(text); }
};
using ParsedUrl = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const ParsedUrl& url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK) return {};
    const std::unique_ptr<char, FreeText> owner(text);
    return text;
}

bool isLoopback(std::string_view host) {
    return equalsIgnoringCase(host, "localhost") || host == "[::1]" ||
           (host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

Error refused(const std::string& why) {
    return Error(ErrorKind::invalidArgument, "ClientOptions::baseUrl " + why);
}

}  // namespace

Result<BaseUrl> parseBaseUrl(const ClientOptions& options) {
    const std::string text(trimmed(options.baseUrl));
    const ParsedUrl url(curl_url());
    if (hasControlCharacter(text) || !url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return refused("is not a URL. Write it as https://api.applivery.io");
    }
    const std::string scheme = part(url, CURLUPART_SCHEME);
    const std::string host = part(url, CURLUPART_HOST);
    if (scheme != "https" && scheme != "http") return refused("must begin with https://");
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty()) {
        return refused("must not hold a user name or password");
    }
    if (!part(url, CURLUPART_QUERY).empty() || !part(url, CURLUPART_FRAGMENT).empty()) {
        return refused("must not hold a query or a fragment");
    }
    if (scheme == "http" && !isLoopback(host) && !options.allowInsecureHttp) {
        return refused("would send the token unencrypted to " + host +
                       ". Use https, or set ClientOptions::allowInsecureHttp");
    }
    const std::string port = part(url, CURLUPART_PORT);
    std::string path = part(url, CURLUPART_PATH);
    while (!path.empty() && path.back() == '/') path.pop_back();
    return BaseUrl{scheme + "://" + host + (port.empty() ? "" : ":" + port), std::move(path)};
}

}  // namespace applivery::detail
