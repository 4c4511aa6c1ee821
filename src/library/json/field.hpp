/// @file
/// Defines the tables of the schema: a table for each struct, and a row for each field. rows.hpp creates the rows.
#pragma once

#include "json/values.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

struct Field;

/// Refers to the rows of one struct.
struct Fields {
    const Field* rows = nullptr;
    std::size_t count = 0;

    [[nodiscard]] const Field* begin() const noexcept { return rows; }
    [[nodiscard]] const Field* end() const noexcept;
};

/// Holds the operations of a list of structs.
struct ItemListType {
    std::size_t itemSize;
    std::size_t (*size)(const void* list);
    std::size_t (*capacity)(const void* list);
    void (*reserve)(void* list, std::size_t count);
    void* (*add)(void* list);  ///< Appends an empty item.
    const void* (*at)(const void* list, std::size_t index);
};

/// Holds the operations of the type of a member. An operation that the type does not support is null.
struct MemberType {
    // Reading. A value has a wrong type if setScalar returns false, or if the operation for the value is null.
    bool (*setScalar)(void* member, const Scalar& value) = nullptr;
    void* (*enterObject)(void* member) = nullptr;  ///< Returns the struct of the member. Creates an absent struct.
    void* (*enterList)(void* member) = nullptr;    ///< Clears the list of the member, and returns the list.
    void (*setRaw)(void* member, std::string_view json) = nullptr;  ///< Stores a value of any type as JSON text.
    void (*reset)(void* member) = nullptr;                          ///< Makes the member absent.

    // Writing.
    bool (*isAbsent)(const void* member) = nullptr;
    void (*visitScalars)(const void* member, ScalarVisitor& visitor) = nullptr;
    const void* (*object)(const void* member) = nullptr;  ///< Returns the struct of the member.
    const void* (*list)(const void* member) = nullptr;    ///< Returns the list of structs of the member.
    bool (*equals)(const void* a, const void* b) = nullptr;

    std::size_t boxSize = 0;              ///< Bytes that the member allocates for its struct; 0 without an allocation.
    Fields (*fields)() = nullptr;         ///< Rows of the struct, or of the items of the list.
    const ItemListType* items = nullptr;  ///< For a list of structs.
    bool isStringList = false;            ///< Whether setScalar appends an element.
};

/// Describes a field: a row of a table.
struct Field {
    std::string_view name;
    void* (*member)(void* object);  ///< Returns the member. Only the row of an alias may modify the object.
    const MemberType* type;
    bool isLenient = false;        ///< Whether a value of a wrong type reads as absent, and is no error.
    bool isAlias = false;          ///< Whether another row has the same member. An alias is read but never written.
    bool flattensStrings = false;  ///< Whether the list of strings takes all strings of a nested value, at any depth.
    /// Whether the member, a std::string, holds the fields without a row. For the last row only.
    bool holdsUnknownFields = false;

    [[nodiscard]] const void* memberOf(const void* object) const { return member(const_cast<void*>(object)); }
};

inline const Field* Fields::end() const noexcept {
    return rows + count;
}

/// Holds a value of any type as JSON text; empty if absent.
struct RawJson {
    std::string text{};
};

/// Returns the row with Field::holdsUnknownFields; null if the table has none.
[[nodiscard]] inline const Field* unknownFieldsRow(const Fields& fields) noexcept {
    const Field* const last = fields.count > 0 ? &fields.rows[fields.count - 1] : nullptr;
    return last != nullptr && last->holdsUnknownFields ? last : nullptr;
}

/// Returns whether all members that have a row are absent.
[[nodiscard]] bool isEmpty(const Fields& fields, const void* object);

/// Returns whether all members that have a row are equal.
[[nodiscard]] bool areEqual(const Fields& fields, const void* a, const void* b);

}  // namespace applivery::detail
