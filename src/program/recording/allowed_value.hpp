/// @file
/// What of the service's answers tells nothing of whose builds they are.
#pragma once

#include <string_view>

namespace applivery::program {

/// What a field may hold that stays as it is. Anything else in it does not.
enum class AllowedValue {
    nothing,
    word,       ///< Of the service's own, such as `in_progress`, also one that is not known today.
    signing,    ///< How an app is signed: `ad-hoc`.
    sort,       ///< A field of the schema, and the order.
    platform,   ///< Of a build, where it is known today: `xbox-one`.
    extension,  ///< Of a file that holds an app.
    code,       ///< Of an error: few letters, if any, and few figures.
    sentence,   ///< Of an error, where the service is known to say it to all.
    version,    ///< Figures, and the usual words around them: `v2.4.0-beta.1`; of a name of another kind nothing.
    time,       ///< Written as one, whether or not there is such a day.
    bytes,      ///< A number of up to ten figures.
    number,     ///< One of up to seven.
};

/// By the name of a field of the service's schema.
/// @param holder the field that it is in; a parameter of the query is as in `items`.
[[nodiscard]] AllowedValue harmlessIn(std::string_view holder, std::string_view field);

/// Whether the text is of this kind.
[[nodiscard]] bool isHarmless(std::string_view text, AllowedValue kind);

/// Whether a field of the schema holds further ones.
[[nodiscard]] bool holdsFields(std::string_view field);

/// Whether it is a field of the schema.
[[nodiscard]] bool isOfSchema(std::string_view field);

/// Whether it is written as the service writes names of fields, which those of people and apps seldom are.
[[nodiscard]] bool isFieldName(std::string_view name);

/// Whether it is one that pages of errors are made of, in any case.
[[nodiscard]] bool isElementOfHtml(std::string_view name);

}  // namespace applivery::program
