/// @file
/// Creates the rows of a table, such as `field<&Build::size>("size")`. The C++ type of the member determines its
/// operations.
#pragma once

#include "json/field.hpp"

#include <applivery/boxed_optional.hpp>

#include <cstddef>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace applivery::detail {

/// Returns the rows of `T`. Each struct of the schema has a specialization, next to its table.
template <typename T>
Fields fieldsOf();

// ---- properties of member types ----

template <typename T, typename = void>
inline constexpr bool isScalar = false;
template <typename T>
inline constexpr bool isScalar<T, std::void_t<decltype(assign(std::declval<T&>(), std::declval<const Scalar&>()))>> =
    true;

/// Whether a member is a list of structs. For reading, the list is optional, so that a missing list can be detected.
/// For writing, the member is a pointer to the list.
template <typename T>
inline constexpr bool isItemList = false;
template <typename Item>
inline constexpr bool isItemList<std::optional<std::vector<Item>>> = true;
template <typename Item>
inline constexpr bool isItemList<const std::vector<Item>*> = true;

template <typename T, typename = void>
inline constexpr bool hasId = false;
template <typename T>
inline constexpr bool hasId<T, std::void_t<decltype(std::declval<T&>().id)>> = true;

/// Accesses the struct of a member: inline, in a std::optional, or in a BoxedOptional.
template <typename T>
struct Unwrapped {
    using type = T;
    static constexpr std::size_t boxSize = 0;
    static T& getOrCreate(T& member) { return member; }
    static const T* get(const T& member) { return &member; }
    static bool isAbsent(const T& member) { return isEmpty(fieldsOf<T>(), &member); }
};
template <typename Optional, typename T>
struct UnwrappedOptional {
    using type = T;
    static constexpr std::size_t boxSize = 0;
    static T& getOrCreate(Optional& member) { return member ? *member : member.emplace(); }
    static const T* get(const Optional& member) { return member ? &*member : nullptr; }
    static bool isAbsent(const Optional& member) { return !member; }
};
template <typename T>
struct Unwrapped<std::optional<T>> : UnwrappedOptional<std::optional<T>, T> {};
template <typename T>
struct Unwrapped<BoxedOptional<T>> : UnwrappedOptional<BoxedOptional<T>, T> {
    static constexpr std::size_t boxSize = sizeof(T);
};

// ---- operations of member types ----

template <typename Item>
inline constexpr ItemListType itemListType{
    sizeof(Item),
    [](const void* list) { return static_cast<const std::vector<Item>*>(list)->size(); },
    [](const void* list) { return static_cast<const std::vector<Item>*>(list)->capacity(); },
    [](void* list, std::size_t count) { static_cast<std::vector<Item>*>(list)->reserve(count); },
    [](void* list) -> void* { return &static_cast<std::vector<Item>*>(list)->emplace_back(); },
    [](const void* list, std::size_t index) -> const void* {
        return &(*static_cast<const std::vector<Item>*>(list))[index];
    },
};

template <typename T>
constexpr MemberType scalarType() {
    MemberType type;
    type.setScalar = [](void* member, const Scalar& value) { return assign(*static_cast<T*>(member), value); };
    type.isAbsent = [](const void* member) { return isAbsent(*static_cast<const T*>(member)); };
    type.visitScalars = [](const void* member, ScalarVisitor& to) { visit(*static_cast<const T*>(member), to); };
    type.equals = [](const void* a, const void* b) { return *static_cast<const T*>(a) == *static_cast<const T*>(b); };
    type.isStringList = std::is_same_v<T, std::vector<std::string>>;
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        type.enterList = [](void* member) -> void* {
            static_cast<T*>(member)->clear();
            return member;
        };
    }
    return type;
}

template <typename T>
constexpr MemberType rawType() {
    MemberType type;
    type.setRaw = [](void* member, std::string_view json) { static_cast<T*>(member)->text = json; };
    return type;
}

template <typename T>
constexpr MemberType itemsType() {
    MemberType type;
    using List = std::decay_t<decltype(*std::declval<T>())>;
    using Item = typename List::value_type;
    type.isAbsent = [](const void* member) { return !*static_cast<const T*>(member); };
    type.list = [](const void* member) -> const void* { return &**static_cast<const T*>(member); };
    type.fields = [] { return fieldsOf<Item>(); };
    type.items = &itemListType<Item>;
    if constexpr (!std::is_pointer_v<T>) {
        type.enterList = [](void* member) -> void* { return &static_cast<T*>(member)->emplace(); };
    }
    return type;
}

template <typename T>
constexpr MemberType objectType() {
    MemberType type;
    using Object = typename Unwrapped<T>::type;
    type.boxSize = Unwrapped<T>::boxSize;
    type.enterObject = [](void* member) -> void* { return &Unwrapped<T>::getOrCreate(*static_cast<T*>(member)); };
    type.fields = [] { return fieldsOf<Object>(); };
    type.isAbsent = [](const void* member) { return Unwrapped<T>::isAbsent(*static_cast<const T*>(member)); };
    type.object = [](const void* member) -> const void* { return Unwrapped<T>::get(*static_cast<const T*>(member)); };
    type.equals = [](const void* a, const void* b) {
        const Object* const left = Unwrapped<T>::get(*static_cast<const T*>(a));
        const Object* const right = Unwrapped<T>::get(*static_cast<const T*>(b));
        return left == nullptr || right == nullptr ? left == right : areEqual(fieldsOf<Object>(), left, right);
    };
    if constexpr (hasId<Object>) {  // in place of an object, the service may send its id
        type.setScalar = [](void* member, const Scalar& value) {
            return assign(Unwrapped<T>::getOrCreate(*static_cast<T*>(member)).id, value);
        };
    }
    return type;
}

template <typename T>
constexpr MemberType makeType() {
    MemberType type;
    if constexpr (isScalar<T>) {
        type = scalarType<T>();
    } else if constexpr (std::is_same_v<T, RawJson>) {
        type = rawType<T>();
    } else if constexpr (isItemList<T>) {
        type = itemsType<T>();
    } else {
        type = objectType<T>();
    }
    type.reset = [](void* member) {  // without an assignment, which takes kilobytes of code for a build
        static_cast<T*>(member)->~T();
        ::new (member) T{};
    };
    return type;
}

template <typename T>
inline constexpr MemberType memberType = makeType<T>();

// ---- rows ----

template <typename Object, typename Member>
Object objectOfPointer(Member Object::*);
template <typename Object, typename Member>
Member memberOfPointer(Member Object::*);

/// Creates a row: `field<&Struct::member>("name")`.
template <auto pointer>
constexpr Field field(std::string_view name) {
    using Object = decltype(objectOfPointer(pointer));
    using Member = decltype(memberOfPointer(pointer));
    return {name, [](void* object) -> void* { return &(static_cast<Object*>(object)->*pointer); }, &memberType<Member>};
}

/// Creates a row for another name of a member.
template <auto pointer>
constexpr Field alias(std::string_view name) {
    Field row = field<pointer>(name);
    row.isAlias = true;
    return row;
}

/// Creates a row for a member of a nested struct, whose value some responses have in the outer object:
/// `alias<&Struct::inner, &Inner::member>("name")`.
template <auto outer, auto inner>
constexpr Field alias(std::string_view name) {
    using Object = decltype(objectOfPointer(outer));
    using Inner = decltype(memberOfPointer(outer));
    using Member = decltype(memberOfPointer(inner));
    Field row{name,
              [](void* object) -> void* {
                  return &(Unwrapped<Inner>::getOrCreate(static_cast<Object*>(object)->*outer).*inner);
              },
              &memberType<Member>};
    row.isAlias = true;
    return row;
}

/// Returns the row with Field::isLenient set.
constexpr Field lenient(Field row) {
    row.isLenient = true;
    return row;
}

/// Returns the row with Field::flattensStrings set.
constexpr Field flattening(Field row) {
    row.flattensStrings = true;
    return row;
}

/// Returns the row with Field::holdsUnknownFields set.
constexpr Field forUnknownFields(Field row) {
    row.holdsUnknownFields = true;
    return row;
}

/// Returns the rows of a table.
template <std::size_t count>
constexpr Fields rows(const Field (&table)[count]) {
    static_assert(count <= 64, "SchemaReader keeps a bit for each row");
    return {table, count};
}

/// Row for a whole text, which is an object with the fields of `T`.
template <typename T>
inline constexpr Field rootField{"", [](void* object) { return object; }, &memberType<T>};

}  // namespace applivery::detail
