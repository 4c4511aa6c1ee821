/// @file
/// The values that a recording keeps, because they do not identify an organization, an app or a person.
///
/// The fields and their kinds are an allow-list that is not derived from the schema: the values of a field that is
/// added to the schema must not be disclosed automatically. The names of fields are not private and come from
/// buildFieldPaths().
#pragma once

#include <string_view>

namespace applivery::program {

/// The kinds of values that a recording keeps. Of each field, it keeps only values of one kind.
enum class AllowedValue {
    nothing,
    word,       ///< A word in lower case such as `in_progress`, also an unknown one.
    signing,    ///< A signing type such as `ad-hoc`.
    sort,       ///< A field of the schema, with or without a direction.
    platform,   ///< A word in lower case or a known platform such as `xbox-one`.
    extension,  ///< The extension of a file that contains an app.
    code,       ///< An error code: at most 8 capital letters, then 1 to 6 digits.
    sentence,   ///< A known error message of the service.
    version,    ///< A version in a common format, such as `v2.4.0-beta.1`.
    time,       ///< A time in a known format, also an impossible one.
    bytes,      ///< A number of up to ten digits.
    number,     ///< A number of up to seven digits.
};

/// Returns the kind of values that a recording keeps of a field.
/// @param holder field that contains the field; `items` for a parameter of the query.
[[nodiscard]] AllowedValue allowedValueOf(std::string_view holder, std::string_view field);

/// Returns whether the text is a value of this kind.
[[nodiscard]] bool isAllowed(std::string_view text, AllowedValue kind);

/// Returns whether a field of the schema contains other fields.
[[nodiscard]] bool containsFields(std::string_view field);

/// Returns whether the schema has a field of this name.
[[nodiscard]] bool isOfSchema(std::string_view field);

/// Returns whether the text has the form of a field name. Most names of people and apps have another form.
[[nodiscard]] bool isFieldName(std::string_view name);

/// Returns whether the text is the name of an HTML element that error pages use, in any case.
[[nodiscard]] bool isHtmlElement(std::string_view name);

}  // namespace applivery::program
