#include "mock_server/exchange.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

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

std::optional<char> escapedByte(std::string_view digits) {
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
        const std::optional<char> byte = text[i] == '%' ? escapedByte(text.substr(i + 1, 2)) : std::nullopt;
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

}  // namespace applivery::mock
