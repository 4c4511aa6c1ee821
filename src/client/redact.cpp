#include "client/redact.hpp"

#include <cstddef>
#include <utility>

namespace applivery::detail {
namespace {

constexpr std::string_view mask = "[redacted]";
constexpr std::size_t shortestSecret = 6;

void replaceAll(std::string& text, std::string_view what) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + mask.size())) {
        text.replace(at, what.size(), mask);
    }
}

// As a JSON writer that escapes slashes would show it; the other characters of a token need no escape but these.
std::string jsonEscaped(std::string_view token, bool slashes) {
    std::string escaped;
    for (const char c : token) {
        if (c == '"' || c == '\\' || (slashes && c == '/')) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string urlEscaped(std::string_view token) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view escapedOnes = "!#$%&'()*+,/:;=?@[] \"<>\\^`{|}";
    std::string escaped;
    for (const char c : token) {
        if (escapedOnes.find(c) == std::string_view::npos) {
            escaped += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            escaped += '%';
            escaped += digits[byte >> 4U];
            escaped += digits[byte & 0xFU];
        }
    }
    return escaped;
}

}  // namespace

std::string redacted(std::string text, std::string_view token) {
    if (token.size() < shortestSecret) return text;
    replaceAll(text, token);
    replaceAll(text, jsonEscaped(token, true));
    replaceAll(text, jsonEscaped(token, false));
    replaceAll(text, urlEscaped(token));
    return text;
}

Error redacted(Error error, std::string_view token) {
    error.setMessage(redacted(error.message(), token));
    error.setApi(error.apiCode(), redacted(error.apiData(), token));
    return error;
}

}  // namespace applivery::detail
