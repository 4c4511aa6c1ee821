/// @file
/// JSON into the structs that a table describes.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Why a text could not be read.
struct DecodeFailure {
    enum class Reason {
        nothing,   ///< Empty, or a page of HTML.
        notJson,   ///< Cut off, or not JSON at all.
        notAList,  ///< Whole JSON, and not what the table describes. The message names the place.
        tooLarge,  ///< The structs would need more memory than they may, or a string is longer than any may be.
        stopped,   ///< Not read to its end, as JsonText::shouldContinue said.
    };
    Reason reason;
    std::string message;  ///< A sentence for people, without the secret.
};

/// What is to be read, and how messages call it.
struct JsonText {
    std::string_view text;
    std::size_t memoryLimit;                            ///< Of the structs, in bytes.
    std::string_view name = "the answer";               ///< Begins a sentence.
    std::string_view expectation = "a list of builds";  ///< What it should be.
    /// Asked now and then while a long text is read, whether to read on. Must not throw. Null: to the end.
    std::function<bool()> shouldContinue{};
    /// Whether the fields that no row names are kept in the member of the row with Field::isRest.
    bool keepsUnknownFields = false;
};

/// Fills the object that the row is of, which is the whole text.
[[nodiscard]] std::optional<DecodeFailure> parseJson(const JsonText& text, const Field& row, void* object,
                                                     const Secret& secret);

}  // namespace applivery::detail
