#include "core/url.hpp"

#include "core/text.hpp"

#include <string_view>

namespace applivery::detail {
namespace {

// Returns whether the host is an address in 127.0.0.0/8, written as four decimal numbers. Any other form does not
// count, because libcurl may pass it to the name resolver.
bool isLoopbackAddress(std::string_view host) {
    int numberCount = 0;
    bool isFirst127 = false;
    while (true) {
        const std::size_t dot = host.find('.');
        const std::string_view digits = host.substr(0, dot);
        if (digits.empty() || digits.size() > 3 || !isAllDigits(digits)) return false;
        int number = 0;
        for (const char digit : digits) number = number * 10 + (digit - '0');
        if (number > 255) return false;
        if (++numberCount == 1) isFirst127 = number == 127;
        if (dot == std::string_view::npos) return numberCount == 4 && isFirst127;
        host.remove_prefix(dot + 1);
    }
}

}  // namespace

Url::Url(const std::string& text) : url_(curl_url()) {
    // Accepts every scheme: the callers reject a wrong scheme with a better message.
    constexpr unsigned flags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
    if (url_ && curl_url_set(url_.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) url_.reset();
}

std::string Url::part(CURLUPart which) const {
    char* text = nullptr;
    if (!url_ || curl_url_get(url_.get(), which, &text, 0) != CURLUE_OK) return {};
    return CurlText(text).get();
}

bool Url::isLoopback() const {
    const std::string host = part(CURLUPART_HOST);
    return equalsIgnoringCase(host, "localhost") || host == "[::1]" || isLoopbackAddress(host);
}

bool hasEmptyPort(std::string_view url) noexcept {
    const std::size_t separator = url.find("://");
    if (separator != std::string_view::npos) url.remove_prefix(separator + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    return !url.empty() && url.back() == ':';
}

}  // namespace applivery::detail
