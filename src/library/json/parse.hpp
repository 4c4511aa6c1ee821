/// @file
/// Parses JSON into structs, by the tables of the schema.
#pragma once

#include "core/secret.hpp"
#include "json/field.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace applivery::detail {

/// Holds the reason for which a text could not be decoded.
struct DecodeFailure {
    enum class Reason {
        emptyOrHtml,  ///< The text is empty, or a page of HTML or XML.
        malformed,    ///< The text is cut off, or not JSON.
        mismatch,     ///< The JSON does not match the schema. The message contains the path of the field.
        tooLarge,     ///< The memory limit of the structs was exceeded, or a string is too long.
        cancelled,    ///< JsonInput::shouldContinue returned false.
    };
    Reason reason;
    std::string message;  ///< A complete sentence. Does not contain the secret.
};

/// Holds a text to parse, with the limits and options.
struct JsonInput {
    std::string_view text;
    std::size_t memoryLimit;                            ///< Maximum memory of the structs, in bytes.
    std::string_view name = "the response";             ///< Name of the text, with which messages begin.
    std::string_view expectation = "a list of builds";  ///< Description of a valid text, for messages.
    /// Called every few milliseconds while a long text is parsed. Returns false to cancel the parsing. Must not throw.
    /// May be null.
    std::function<bool()> shouldContinue{};
    /// Whether fields without a row are stored in the member of the row with Field::holdsUnknownFields.
    bool keepsUnknownFields = false;
};

/// Parses a text into an object. Returns the failure, if any.
/// @param row row for the whole text: see rootField
[[nodiscard]] std::optional<DecodeFailure> parseJson(const JsonInput& input, const Field& row, void* object,
                                                     const Secret& secret);

}  // namespace applivery::detail
