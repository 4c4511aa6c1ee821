/// @file
/// Collects the fields of an object that have no row in the table.
#pragma once

#include "json/json_output.hpp"
#include "json/values.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Builds a JSON object from the events of a parser. The result is at most as long as the source of the fields.
class UnknownFields {
public:
    /// Begins a field. Pass the events of its value to this class, up to the end of the value.
    void begin(std::string_view name) {
        if (isEmpty()) out_.open('{');
        out_.key(name);
        isInValue_ = true;
    }

    /// Returns whether the value of a field is incomplete.
    [[nodiscard]] bool isInValue() const noexcept { return isInValue_; }

    void scalar(const Scalar& value) {
        if (value.kind == Scalar::Kind::text) {
            out_.text(value.text);
        } else {
            out_.raw(value.text);
        }
        endValue();
    }
    void null() {
        out_.raw("null");
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

    /// Closes the object, and returns its JSON text. The reference is valid until clear().
    [[nodiscard]] const std::string& finish() {
        out_.close('}');
        return out_.str();
    }
    void clear() noexcept { out_.clear(); }

private:
    void endValue() noexcept { isInValue_ = depth_ > 0; }

    JsonOutput out_;
    std::size_t depth_ = 0;  // of objects and lists in the value
    bool isInValue_ = false;
};

}  // namespace applivery::detail
