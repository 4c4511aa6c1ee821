/// @file
/// What of the service's answers tells nothing of whose builds they are.
#pragma once

#include <string_view>

namespace applivery::program {

/// What a field may hold that stays as it is. Anything else in it does not.
enum class Harmless {
    nothing,
    word,       ///< Of the service's own, such as `in_progress`, also one that is not known today.
    extension,  ///< Of a file that holds an app.
    code,       ///< Of an error.
    sentence,   ///< Of an error, where the service is known to say it to all.
    version,    ///< Figures, and the usual words around them: `v2.4.0-beta.1`; of a name of another kind nothing.
    time,       ///< Figures and what stands between them, whether or not they are one.
    number,
};

/// By the name of a field of the service's schema, or of a parameter of the query.
[[nodiscard]] Harmless harmlessIn(std::string_view field);

/// Whether the text is of this kind.
[[nodiscard]] bool isHarmless(std::string_view text, Harmless kind);

/// Whether a field of the schema holds further ones.
[[nodiscard]] bool holdsFields(std::string_view field);

/// Whether it is a field of the schema.
[[nodiscard]] bool isOfSchema(std::string_view field);

/// Whether it can be the name of a field, and neither an id nor a text that stands in the place of one.
[[nodiscard]] bool isFieldName(std::string_view name);

/// Whether it is one that pages of errors are made of, in any case.
[[nodiscard]] bool isElementOfHtml(std::string_view name);

}  // namespace applivery::program
