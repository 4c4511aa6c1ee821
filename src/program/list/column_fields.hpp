/// @file
/// The fields of a build that can be a column of a table, named by their path in the schema or the end of it. A field
/// outside of the schema is named `unknownFields.NAME`.
#pragma once

#include <applivery/build.hpp>

#include <string>
#include <vector>

namespace applivery::program {

struct ColumnField {
    std::string name;  ///< As the user named it.
    std::string path;  ///< As buildFieldText() takes it, or a path in `unknownFields`.

    /// Returns the field as the service sent it, times as RFC 3339. Empty if the field is absent.
    [[nodiscard]] std::string text(const Build& build) const;
};

using ColumnFields = std::vector<ColumnField>;

/// Returns the path of each field.
[[nodiscard]] std::vector<std::string> fieldNames();

/// Returns why the name is invalid: it names no field, or several. Empty if it is valid.
[[nodiscard]] std::string validateFieldName(const std::string& name);

/// Returns the named fields; the default columns if there is no name. All names must be valid.
[[nodiscard]] ColumnFields columnFields(const std::vector<std::string>& names);

}  // namespace applivery::program
