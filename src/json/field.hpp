/// @file
/// How a JSON value becomes a struct's member: the machinery behind the rows of schema.cpp. A member's C++ type decides
/// how it is read; a row only says which name belongs to which member.
#pragma once

#include <applivery/open_enum.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace applivery::detail {

/// A JSON string, number or boolean.
struct Scalar {
    enum class Kind { text, integer, real, boolean };
    Kind kind;
    std::string* text = nullptr;  ///< The string, which may be moved from; a real number as it was written.
    std::int64_t integer = 0;
    double real = 0;
    bool boolean = false;
};

struct Field;

/// The rows of one object of the schema.
struct Fields {
    const Field* rows = nullptr;
    std::size_t count = 0;
};

/// A list of objects of the schema.
struct ItemListType {
    std::size_t itemSize;
    std::size_t (*size)(const void* list);
    std::size_t (*capacity)(const void* list);
    void (*reserve)(void* list, std::size_t count);
    void* (*add)(void* list);  ///< Makes one more item at its end.
};

/// How a member is read. `false` from setScalar is a fault in the answer; a null operation always is one.
struct MemberType {
    bool (*setScalar)(void* member, Scalar& value) = nullptr;
    void* (*enterObject)(void* member) = nullptr;  ///< The object that the member holds, made where it is absent.
    Fields (*fields)() = nullptr;                  ///< Of that object, or of each item.
    void* (*enterList)(void* member) = nullptr;    ///< The list that the member holds, made empty.
    void (*setRaw)(void* member, std::string_view json) = nullptr;  ///< Takes a value of any form as its JSON text.
    const ItemListType* items = nullptr;  ///< Of a list of objects; of a list of strings, each is a setScalar.
};

/// One row: a name of the service, and where its value goes.
struct Field {
    std::string_view name;
    void* (*member)(void* object);
    const MemberType* type;
    bool isLenient = false;  ///< A value of another form is no fault, and reads as absent.
};

/// The rows of `T`; specialized in schema.cpp for each struct of the schema.
template <typename T>
Fields fieldsOf();

/// A value of any form, as its JSON text; empty where there is none.
struct RawJson {
    std::string text;
};

/// Whether `true` came; nothing else counts as it.
struct Flag {
    bool isSet = false;
};

// The conversions: each takes both forms of a type that drifted between versions of the service.
bool assign(std::optional<std::string>& member, Scalar& value);
bool assign(std::string& member, Scalar& value);
bool assign(std::vector<std::string>& member, Scalar& value);
bool assign(std::optional<std::int64_t>& member, Scalar& value);
bool assign(std::optional<double>& member, Scalar& value);
bool assign(std::optional<bool>& member, Scalar& value);
bool assign(Flag& member, Scalar& value);
bool assign(std::optional<std::chrono::system_clock::time_point>& member, Scalar& value);

/// Absent where it is less than `least` or no int.
[[nodiscard]] std::optional<int> asInt(std::optional<std::int64_t> number, int least);

/// As text, whatever it was.
[[nodiscard]] std::string takeText(Scalar& value);

template <typename Enum>
bool assign(OpenEnum<Enum>& member, Scalar& value) {
    member = OpenEnum<Enum>::fromText(takeText(value));
    return true;
}

template <typename T>
inline constexpr bool isList = std::is_same_v<T, std::vector<std::string>>;

template <typename Item>
inline constexpr ItemListType itemListType{
    sizeof(Item),
    [](const void* list) { return static_cast<const std::vector<Item>*>(list)->size(); },
    [](const void* list) { return static_cast<const std::vector<Item>*>(list)->capacity(); },
    [](void* list, std::size_t count) { static_cast<std::vector<Item>*>(list)->reserve(count); },
    [](void* list) -> void* { return &static_cast<std::vector<Item>*>(list)->emplace_back(); },
};

template <typename T, typename = void>
inline constexpr bool hasId = false;
template <typename T>
inline constexpr bool hasId<T, std::void_t<decltype(std::declval<T&>().id)>> = true;

/// The struct that a member holds, directly or in an optional.
template <typename T>
struct Unwrapped {
    using type = T;
    static T& of(T& member) { return member; }
};
template <typename T>
struct Unwrapped<std::optional<T>> {
    using type = T;
    static T& of(std::optional<T>& member) { return member ? *member : member.emplace(); }
};

template <typename T, typename = void>
inline constexpr bool isScalar = false;
template <typename T>
inline constexpr bool isScalar<T, std::void_t<decltype(assign(std::declval<T&>(), std::declval<Scalar&>()))>> = true;

/// A list of objects is an optional: whether it came at all makes a difference.
template <typename T>
inline constexpr bool isItemList = false;
template <typename Item>
inline constexpr bool isItemList<std::optional<std::vector<Item>>> = true;

template <typename T>
constexpr MemberType makeType() {
    MemberType type;
    if constexpr (isScalar<T>) {
        type.setScalar = [](void* member, Scalar& value) { return assign(*static_cast<T*>(member), value); };
        if constexpr (isList<T>) {
            type.enterList = [](void* member) -> void* {
                static_cast<T*>(member)->clear();
                return member;
            };
        }
    } else if constexpr (std::is_same_v<T, RawJson>) {
        type.setRaw = [](void* member, std::string_view json) { static_cast<T*>(member)->text = json; };
    } else if constexpr (isItemList<T>) {
        using Item = typename T::value_type::value_type;
        type.enterList = [](void* member) -> void* { return &static_cast<T*>(member)->emplace(); };
        type.fields = [] { return fieldsOf<Item>(); };
        type.items = &itemListType<Item>;
    } else {
        using Object = typename Unwrapped<T>::type;
        type.enterObject = [](void* member) -> void* { return &Unwrapped<T>::of(*static_cast<T*>(member)); };
        type.fields = [] { return fieldsOf<Object>(); };
        if constexpr (hasId<Object>) {  // an object that the service did not look up is its id alone
            type.setScalar = [](void* member, Scalar& value) {
                return assign(Unwrapped<T>::of(*static_cast<T*>(member)).id, value);
            };
        }
    }
    return type;
}

template <typename T>
inline constexpr MemberType memberType = makeType<T>();

/// The rows of a table.
template <std::size_t count>
constexpr Fields rows(const Field (&table)[count]) {
    return {table, count};
}

/// The row of a whole text, whose members are those of a `T`.
template <typename T>
inline constexpr Field wholeText{"", [](void* object) { return object; }, &memberType<T>};

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

/// The row, with isLenient.
constexpr Field lenient(Field field) {
    field.isLenient = true;
    return field;
}

/// `field<&Struct::inner, &Inner::member>("name")`: a value that stands one level further out than it belongs.
template <auto outer, auto inner>
constexpr Field field(std::string_view name) {
    using Object = decltype(objectOfPointer(outer));
    using Inner = decltype(memberOfPointer(outer));
    using Member = decltype(memberOfPointer(inner));
    return {name,
            [](void* object) -> void* { return &(Unwrapped<Inner>::of(static_cast<Object*>(object)->*outer).*inner); },
            &memberType<Member>};
}

}  // namespace applivery::detail
