#include "mock_server/http_message.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace applivery::mock {
namespace {

template <typename Function>
void forEachPart(std::string_view text, char separator, Function&& function) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        function(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::optional<char> decodeHexByte(std::string_view digits) {
    unsigned value = 0;
    const char* const end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, value, 16);
    if (digits.size() != 2 || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
    return static_cast<char>(value);
}

}  // namespace

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

std::string percentDecoded(std::string_view text, bool plusIsSpace) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::optional<char> byte = text[i] == '%' ? decodeHexByte(text.substr(i + 1, 2)) : std::nullopt;
        if (byte) {
            decoded += *byte;
            i += 2;
        } else {
            decoded += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

Fields parseQuery(std::string_view text) {
    Fields fields;
    forEachPart(text, '&', [&fields](std::string_view part) {
        if (part.empty()) return;
        const std::size_t equals = std::min(part.find('='), part.size());
        fields.emplace_back(percentDecoded(part.substr(0, equals), true),
                            percentDecoded(part.substr(std::min(equals + 1, part.size())), true));
    });
    return fields;
}

RecordedRequest makeRequest(std::string method, std::string target, Fields headers) {
    RecordedRequest request;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    request.query = parseQuery(std::string_view(target).substr(std::min(mark + 1, target.size())));
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.receivedAt = std::chrono::steady_clock::now();
    return request;
}

RecordedRequest parseRequestHead(std::string_view head) {
    std::vector<std::string_view> words;
    Fields headers;
    forEachPart(head, '\n', [&](std::string_view line) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (words.empty()) return forEachPart(line, ' ', [&words](std::string_view word) { words.push_back(word); });
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return;
        const std::size_t value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
        headers.emplace_back(line.substr(0, colon), line.substr(value));
    });
    words.resize(2);
    return makeRequest(std::string(words[0]), std::string(words[1]), std::move(headers));
}

std::optional<std::string> RecordedRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (sameName(key, name)) return value;
    return std::nullopt;
}

std::optional<std::string> RecordedRequest::parameter(std::string_view name) const {
    for (const auto& [key, value] : query)
        if (key == name) return value;
    return std::nullopt;
}

std::vector<std::string> RecordedRequest::segments() const {
    std::vector<std::string> segments;
    const std::string_view rest = path;
    forEachPart(rest.substr(!rest.empty() && rest.front() == '/' ? 1 : 0), '/',
                [&segments](std::string_view part) { segments.push_back(percentDecoded(part)); });
    return segments;
}

bool RecordedRequest::hasBody() const {
    return header("Content-Length").value_or("0") != "0" || header("Transfer-Encoding");
}

}  // namespace applivery::mock
