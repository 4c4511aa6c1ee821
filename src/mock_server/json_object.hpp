/// @file
/// Writes JSON straight into a string: ten thousand builds must be ready before a test grows impatient.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace applivery::mock {

/// Appends the text as a JSON string, with its quotes.
void appendQuoted(std::string& out, std::string_view text);

/// Whether it is UTF-8, as the text of JSON must be.
[[nodiscard]] bool isUtf8(std::string_view text);

/// An object under way. Members appear in the order of the calls.
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

    /// A member whose value is JSON already.
    void json(std::string_view name, std::string_view value);

    /// A member that is itself an object, filled by `fill(JsonObject&)`.
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
