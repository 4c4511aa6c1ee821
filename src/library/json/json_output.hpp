/// @file
/// Writes JSON text on one line. Independent of the schema.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace applivery::detail {

/// Appends values to a JSON text, and inserts the commas. The caller opens and closes brackets in pairs.
class JsonOutput {
public:
    /// Appends a string. Bytes that are not UTF-8 become U+FFFD.
    void text(std::string_view value);

    /// Appends JSON text: a number, a literal, or members without their braces.
    void raw(std::string_view json) {
        separate();
        text_ += json;
    }

    /// Appends the name of a member. The next value is the value of the member.
    void key(std::string_view name) {
        text(name);
        text_ += ':';
    }

    void open(char bracket) {
        separate();
        text_ += bracket;
    }
    void close(char bracket) { text_ += bracket; }

    [[nodiscard]] const std::string& str() const noexcept { return text_; }
    [[nodiscard]] std::string take() && noexcept { return std::move(text_); }

    /// Removes the text, and keeps its memory.
    void clear() noexcept { text_.clear(); }

private:
    void separate() {
        if (!text_.empty() && std::string_view("{[:").find(text_.back()) == std::string_view::npos) text_ += ',';
    }

    std::string text_;
};

}  // namespace applivery::detail
