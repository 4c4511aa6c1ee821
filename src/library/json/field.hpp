/// @file
/// What a row of the schema's tables is: a name of the service, and the member that it belongs to, with all that can be
/// done with a member of its type. rows.hpp makes them.
#pragma once

#include "json/values.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace applivery::detail {

struct Field;

/// The rows of one object of the schema.
struct Fields {
    const Field* rows = nullptr;
    std::size_t count = 0;

    [[nodiscard]] const Field* begin() const noexcept { return rows; }
    [[nodiscard]] const Field* end() const noexcept;
};

/// A list of objects of the schema.
struct ItemListType {
    std::size_t itemSize;
    std::size_t (*size)(const void* list);
    std::size_t (*capacity)(const void* list);
    void (*reserve)(void* list, std::size_t count);
    void* (*add)(void* list);  ///< Makes one more item at its end.
    const void* (*at)(const void* list, std::size_t index);
};

/// What can be done with a member; null where its type has no use for it.
struct MemberType {
    // Reading. `false` from setScalar is a fault in the answer; a null operation always is one.
    bool (*setScalar)(void* member, const Scalar& value) = nullptr;
    void* (*enterObject)(void* member) = nullptr;  ///< The object that the member holds, made where it is absent.
    void* (*enterList)(void* member) = nullptr;    ///< The list that the member holds, made empty.
    void (*setRaw)(void* member, std::string_view json) = nullptr;  ///< Takes a value of any form as its JSON text.
    void (*reset)(void* member) = nullptr;                          ///< Makes it absent.

    // Writing.
    bool (*isAbsent)(const void* member) = nullptr;
    void (*visitScalars)(const void* member, ScalarVisitor& visitor) = nullptr;
    const void* (*object)(const void* member) = nullptr;  ///< The object that the member holds.
    const void* (*list)(const void* member) = nullptr;    ///< The list of objects that the member holds.
    bool (*equals)(const void* a, const void* b) = nullptr;

    std::size_t boxSize = 0;              ///< Bytes that a member allocates for its object; 0 if it holds it in place.
    Fields (*fields)() = nullptr;         ///< Of the object, or of each item.
    const ItemListType* items = nullptr;  ///< Of a list of objects.
    bool isListOfTexts = false;           ///< setScalar adds an element.
};

/// One row.
struct Field {
    std::string_view name;
    void* (*member)(void* object);  ///< Only forms its address, unless the row is an alias.
    const MemberType* type;
    bool isLenient = false;  ///< A value of another form is no fault, and reads as absent.
    bool isAlias = false;    ///< Another name or place of a member that has a row of its own: read, and never written.
    bool flattensStrings = false;  ///< A list of texts that may also be an object: then all texts inside, at any depth.
    bool isRest = false;           ///< The last row of its table: a std::string for the fields that no other row names.

    [[nodiscard]] const void* memberOf(const void* object) const { return member(const_cast<void*>(object)); }
};

inline const Field* Fields::end() const noexcept {
    return rows + count;
}

/// A value of any form, as its JSON text; empty where there is none.
struct RawJson {
    std::string text{};
};

/// Returns the row of the fields that no other row names; null if the table has none.
[[nodiscard]] inline const Field* restOf(const Fields& fields) noexcept {
    return fields.count > 0 && fields.rows[fields.count - 1].isRest ? &fields.rows[fields.count - 1] : nullptr;
}

/// Whether every member that has a row is absent.
[[nodiscard]] bool isEmpty(const Fields& fields, const void* object);

/// Whether every member that has a row is the same.
[[nodiscard]] bool areEqual(const Fields& fields, const void* a, const void* b);

}  // namespace applivery::detail
