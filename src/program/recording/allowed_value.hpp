/// @file
/// The values that a recording keeps: those that reveal nothing about whose builds they are.
///
/// The fields and their kinds are an allow-list that is not derived from the schema: a field that is added to the
/// schema must not be disclosed automatically. The names of all fields come from buildFieldPaths().
#pragma once

#include <string_view>

namespace applivery::program {

/// The kinds of values that are kept. A field keeps only values of its kind.
enum class AllowedValue {
    nothing,
    word,       ///< A lower-case word such as `in_progress`, known or not.
    signing,    ///< A signing type such as `ad-hoc`.
    sort,       ///< A field of the schema, and a direction.
    platform,   ///< A known platform such as `xbox-one`.
    extension,  ///< The extension of a file that contains an app.
    code,       ///< An error code: few letters, if any, and few digits.
    sentence,   ///< A known error message of the service.
    version,    ///< Digits, and usual words such as `v2.4.0-beta.1`. Nothing of another version name.
    time,       ///< A time, also one that does not exist.
    bytes,      ///< A number of up to ten digits.
    number,     ///< A number of up to seven digits.
};

/// Returns the kind of values that a field keeps.
/// @param holder field that contains the field; `items` for a parameter of the query.
[[nodiscard]] AllowedValue allowedValueOf(std::string_view holder, std::string_view field);

/// Returns whether the text is a value of this kind.
[[nodiscard]] bool isAllowed(std::string_view text, AllowedValue kind);

/// Returns whether a field of the schema contains other fields.
[[nodiscard]] bool containsFields(std::string_view field);

/// Returns whether the field is in the schema.
[[nodiscard]] bool isOfSchema(std::string_view field);

/// Returns whether the text is written like a name of a field, unlike most names of people and apps.
[[nodiscard]] bool isFieldName(std::string_view name);

/// Returns whether the text is the name of an HTML element that error pages use, in any case.
[[nodiscard]] bool isHtmlElement(std::string_view name);

}  // namespace applivery::program
