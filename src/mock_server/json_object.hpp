/// @file
/// Fast writing of JSON into a string. Tests generate ten thousand builds at once.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Appends the text as a JSON string with quotes.
void appendQuoted(std::string& out, std::string_view text);

/// Returns whether the text is valid UTF-8.
[[nodiscard]] bool isUtf8(std::string_view text);

/// Writes a JSON object, from construction to destruction. Members appear in the order of the calls.
class JsonObject {
public:
    explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
    ~JsonObject() { out_ += '}'; }
    JsonObject(const JsonObject&) = delete;
    JsonObject& operator=(const JsonObject&) = delete;

    void text(std::string_view name, std::string_view value);
    void texts(std::string_view name, std::initializer_list<std::string_view> values);
    void number(std::string_view name, std::int64_t value);
    void boolean(std::string_view name, bool value);

    /// Writes a member whose value is JSON.
    void json(std::string_view name, std::string_view value);

    /// Writes a member that is an object. `fill(JsonObject&)` writes the members of the object.
    template <typename Fill>
    void object(std::string_view name, Fill&& fill) {
        key(name);
        JsonObject inner(out_);
        fill(inner);
    }

private:
    void key(std::string_view name);

    std::string& out_;
};

}  // namespace applivery::mock
