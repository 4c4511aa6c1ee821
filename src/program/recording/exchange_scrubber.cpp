#include "recording/exchange_scrubber.hpp"

#include "recording/allowed_value.hpp"
#include "recording/json_scrubber.hpp"
#include "text/ascii.hpp"
#include "text/percent_encoding.hpp"
#include "text/trimmed.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <regex>

namespace applivery::program {
namespace {

// Replaces each part of a text between separators.
template <typename Replace>
std::string forEachPart(std::string_view text, char separator, Replace&& replace) {
    std::string out;
    while (true) {
        const std::size_t end = text.find(separator);
        out += replace(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        out += separator;
        text.remove_prefix(end + 1);
    }
}

// Returns the path without the host, and without the prefix of a gateway.
std::string_view pathOfApi(std::string_view url) {
    for (const std::string_view beginning : {"/v1/integrations/", "/v1/organizations/"}) {
        const std::size_t position = url.rfind(beginning);
        if (position != std::string_view::npos) return url.substr(position);
    }
    const std::size_t host = url.find("://");
    const std::size_t path = url.find('/', host == std::string_view::npos ? 0 : host + 3);
    return path == std::string_view::npos ? "/" : url.substr(path);
}

bool isRateLimitHeader(std::string_view header) {
    constexpr std::array<std::string_view, 5> ends{"limit", "remaining", "reset", "used", "policy"};
    constexpr std::string_view beginning = "ratelimit-";
    constexpr std::string_view optionalPrefix = "x-";
    if (header.substr(0, optionalPrefix.size()) == optionalPrefix) header.remove_prefix(optionalPrefix.size());
    return header.substr(0, beginning.size()) == beginning &&
           std::find(ends.begin(), ends.end(), header.substr(beginning.size())) != ends.end();
}

// Returns whether the text is a date such as `Sun, 06 Nov 1994 08:49:37 GMT`.
bool isHttpDate(std::string_view text) {
    static const std::regex date("[A-Z][a-z]{2,8}, [0-9]{2}[ -][A-Z][a-z]{2}[ -][0-9]{2,4} [0-9:]{8} GMT");
    return std::regex_match(text.begin(), text.end(), date);
}

// Masks an HTML page, such as of a gateway, except for the names of its elements.
std::string scrubbedMarkup(std::string_view text) {
    constexpr std::string_view alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string out;
    while (!text.empty()) {
        const std::size_t start = std::min(text.find('<'), text.size());
        out += Pseudonyms::mask(text.substr(0, start));
        text.remove_prefix(start);
        const std::size_t name = std::min(text.find_first_not_of("</!?"), text.size());
        const std::size_t end = std::min(text.find_first_not_of(alphanumeric, name), text.size());
        const bool isElement = isHtmlElement(text.substr(name, end - name));
        const std::size_t publicLength = isElement ? end : name;
        out += text.substr(0, publicLength);
        text.remove_prefix(publicLength);
    }
    return out;
}

}  // namespace

std::string ExchangeScrubber::body(std::string_view text) {
    const std::string_view content = withoutByteOrderMark(text);
    const std::string mark(text.substr(0, text.size() - content.size()));
    const bool isMarkup = !trimmed(content).empty() && trimmed(content).front() == '<';
    return mark + (isMarkup ? scrubbedMarkup(content) : scrubbedJson(content, pseudonyms_));
}

std::string ExchangeScrubber::target(std::string_view url) {
    const std::string_view path = pathOfApi(url.substr(0, url.find('?')));
    std::string out = forEachPart(path, '/', [this](std::string_view text) { return segment(text); });
    const std::size_t query = url.find('?');
    if (query == std::string_view::npos) return out;
    return out + '?' +
           forEachPart(url.substr(query + 1), '&', [this](std::string_view text) { return parameter(text); });
}

std::string ExchangeScrubber::segment(std::string_view text) {
    constexpr std::array<std::string_view, 6> known{"", "v1", "integrations", "organizations", "apps", "builds"};
    const bool isKnown = std::find(known.begin(), known.end(), text) != known.end();
    return isKnown ? std::string(text) : percentEncoded(pseudonyms_.of(percentDecoded(text)));
}

std::string ExchangeScrubber::parameter(std::string_view text) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = percentDecoded(text.substr(0, equals));
    std::string out = isFieldName(name) ? name : percentEncoded(pseudonyms_.of(name));
    if (equals == text.size()) return out;
    const std::string value = percentDecoded(text.substr(equals + 1));
    return out + '=' + percentEncoded(isAllowed(value, allowedValueOf("items", name)) ? value : pseudonyms_.of(value));
}

std::optional<std::string> ExchangeScrubber::header(std::string_view name, std::string_view value) {
    const std::string lower = lowerCase(name);
    if (lower == "content-type") {
        const std::string_view type = value.substr(0, value.find(';'));
        const bool isCommon = type == "application/json" || type == "text/html" || type == "text/plain";
        return isCommon ? std::string(type) : Pseudonyms::mask(value);
    }
    if (lower != "date" && lower != "retry-after" && !isRateLimitHeader(lower)) return std::nullopt;
    const bool isNumeric = isAllowed(value, AllowedValue::number) || isAllowed(value, AllowedValue::time);
    return isNumeric || isHttpDate(value) ? std::string(value) : Pseudonyms::mask(value);
}

}  // namespace applivery::program
