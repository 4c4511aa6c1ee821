/// @file
/// Makes the rows of a table: `field<&Build::size>("size")`. The member's C++ type decides all the rest.
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

/// The rows of `T`; specialized where the tables are, for each struct of the schema.
template <typename T>
Fields fieldsOf();

// ---- what kind of type a member has ----

template <typename T, typename = void>
inline constexpr bool isScalar = false;
template <typename T>
inline constexpr bool isScalar<T, std::void_t<decltype(assign(std::declval<T&>(), std::declval<const Scalar&>()))>> =
    true;

/// A list of objects is an optional: whether it came at all makes a difference. Or it is another's, and only written.
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

/// The struct that a member holds: in place, in a std::optional, or in a BoxedOptional.
template <typename T>
struct Unwrapped {
    using type = T;
    static constexpr std::size_t boxSize = 0;
    static T& of(T& member) { return member; }
    static const T* in(const T& member) { return &member; }
    static bool isAbsent(const T& member) { return isEmpty(fieldsOf<T>(), &member); }
};
template <typename Optional, typename T>
struct UnwrappedOptional {
    using type = T;
    static constexpr std::size_t boxSize = 0;
    static T& of(Optional& member) { return member ? *member : member.emplace(); }
    static const T* in(const Optional& member) { return member ? &*member : nullptr; }
    static bool isAbsent(const Optional& member) { return !member; }
};
template <typename T>
struct Unwrapped<std::optional<T>> : UnwrappedOptional<std::optional<T>, T> {};
template <typename T>
struct Unwrapped<BoxedOptional<T>> : UnwrappedOptional<BoxedOptional<T>, T> {
    static constexpr std::size_t boxSize = sizeof(T);
};

// ---- what can be done with it ----

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
    type.isListOfTexts = std::is_same_v<T, std::vector<std::string>>;
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
    type.enterObject = [](void* member) -> void* { return &Unwrapped<T>::of(*static_cast<T*>(member)); };
    type.fields = [] { return fieldsOf<Object>(); };
    type.isAbsent = [](const void* member) { return Unwrapped<T>::isAbsent(*static_cast<const T*>(member)); };
    type.object = [](const void* member) -> const void* { return Unwrapped<T>::in(*static_cast<const T*>(member)); };
    type.equals = [](const void* a, const void* b) {
        const Object* const left = Unwrapped<T>::in(*static_cast<const T*>(a));
        const Object* const right = Unwrapped<T>::in(*static_cast<const T*>(b));
        return left == nullptr || right == nullptr ? left == right : areEqual(fieldsOf<Object>(), left, right);
    };
    if constexpr (hasId<Object>) {  // an object that the service did not look up is its id alone
        type.setScalar = [](void* member, const Scalar& value) {
            return assign(Unwrapped<T>::of(*static_cast<T*>(member)).id, value);
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
    type.reset = [](void* member) {  // not an assignment, which of a whole build takes kilobytes of code
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

/// `field<&Struct::member>("name")`
template <auto pointer>
constexpr Field field(std::string_view name) {
    using Object = decltype(objectOfPointer(pointer));
    using Member = decltype(memberOfPointer(pointer));
    return {name, [](void* object) -> void* { return &(static_cast<Object*>(object)->*pointer); }, &memberType<Member>};
}

/// Another name of a member.
template <auto pointer>
constexpr Field alias(std::string_view name) {
    Field row = field<pointer>(name);
    row.isAlias = true;
    return row;
}

/// `alias<&Struct::inner, &Inner::member>("name")`: a value that stands one level further out than it belongs.
template <auto outer, auto inner>
constexpr Field alias(std::string_view name) {
    using Object = decltype(objectOfPointer(outer));
    using Inner = decltype(memberOfPointer(outer));
    using Member = decltype(memberOfPointer(inner));
    Field row{
        name,
        [](void* object) -> void* { return &(Unwrapped<Inner>::of(static_cast<Object*>(object)->*outer).*inner); },
        &memberType<Member>};
    row.isAlias = true;
    return row;
}

/// The row, with isLenient.
constexpr Field lenient(Field row) {
    row.isLenient = true;
    return row;
}

/// The row, with flattensStrings.
constexpr Field gathering(Field row) {
    row.flattensStrings = true;
    return row;
}

/// The row, with isRest.
constexpr Field rest(Field row) {
    row.isRest = true;
    return row;
}

/// The rows of a table.
template <std::size_t count>
constexpr Fields rows(const Field (&table)[count]) {
    static_assert(count <= 64, "the reader keeps a bit for each row of an object");
    return {table, count};
}

/// The row of a whole text, whose members are those of a `T`.
template <typename T>
inline constexpr Field wholeText{"", [](void* object) { return object; }, &memberType<T>};

}  // namespace applivery::detail
