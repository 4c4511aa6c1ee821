/// @file
/// Writes the fields of an object that no row of its table names.
#pragma once

#include "json/json_output.hpp"
#include "json/values.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Takes the events of a parser for the values of unknown fields. The text that it makes is at most as long as the
/// source of those values.
class UnknownFields {
public:
    /// Begins a field. The events up to the end of the next value are for this class.
    void begin(std::string_view name) {
        if (isEmpty()) out_.open('{');
        out_.key(name);
        isInValue_ = true;
    }

    /// Returns whether the value of a field has begun and not ended.
    [[nodiscard]] bool isInValue() const noexcept { return isInValue_; }

    void scalar(const Scalar& value) {
        if (value.kind == Scalar::Kind::text) {
            out_.text(value.text);
        } else {
            out_.bare(value.text);
        }
        endValue();
    }
    void null() {
        out_.bare("null");
        endValue();
    }
    void key(std::string_view name) { out_.key(name); }
    void open(char bracket) {
        out_.open(bracket);
        ++depth_;
    }
    void close(char bracket) {
        out_.close(bracket);
        --depth_;
        endValue();
    }

    [[nodiscard]] bool isEmpty() const noexcept { return out_.str().empty(); }

    /// Ends the object, and returns it as JSON text. The text is valid until clear().
    [[nodiscard]] const std::string& finish() {
        out_.close('}');
        return out_.str();
    }
    void clear() noexcept { out_.clear(); }

private:
    void endValue() noexcept { isInValue_ = depth_ > 0; }

    JsonOutput out_;
    std::size_t depth_ = 0;  // objects and lists inside the value
    bool isInValue_ = false;
};

}  // namespace applivery::detail
