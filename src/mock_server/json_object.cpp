#include "mock_server/json_object.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace applivery::mock {
namespace {

bool needsEscape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void appendEscaped(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (c == '\n') {
        out += "\\n";
    } else {
        out += "\\u00";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
}

}  // namespace

void appendQuoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const auto special = std::find_if(text.begin(), text.end(), needsEscape);
        out.append(text.data(), static_cast<std::size_t>(special - text.begin()));
        text.remove_prefix(static_cast<std::size_t>(special - text.begin()));
        if (text.empty()) break;
        appendEscaped(out, text.front());
        text.remove_prefix(1);
    }
    out += '"';
}

bool isUtf8(std::string_view text) {
    std::string json;
    appendQuoted(json, text);
    return nlohmann::json::accept(json);
}

void JsonObject::key(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += name;
    out_ += "\":";
}

void JsonObject::text(std::string_view name, std::string_view value) {
    key(name);
    appendQuoted(out_, value);
}

void JsonObject::texts(std::string_view name, std::initializer_list<std::string_view> values) {
    key(name);
    out_ += '[';
    for (const std::string_view value : values) {
        if (out_.back() != '[') out_ += ',';
        appendQuoted(out_, value);
    }
    out_ += ']';
}

void JsonObject::number(std::string_view name, std::int64_t value) {
    json(name, std::to_string(value));
}

void JsonObject::boolean(std::string_view name, bool value) {
    json(name, value ? "true" : "false");
}

void JsonObject::json(std::string_view name, std::string_view value) {
    key(name);
    out_ += value;
}

}  // namespace applivery::mock
