/// @file
/// Defines BoxedOptional, an optional that allocates its value separately.
#pragma once

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace applivery {

/// Represents a value that may be absent, like std::optional, and allocates the value separately.
///
/// The object itself has the size of a pointer. A struct with large optional parts therefore stays cheap to move and
/// to sort. The interface is that of std::optional, with these differences:
///
/// - Copying allocates, and so does setting the value of an empty object. If the allocation fails, the function throws
///   std::bad_alloc.
/// - Moving transfers the allocation and never throws. The source is empty afterwards. References to the previous
///   value of the target become invalid.
/// - The value cannot be used in a constant expression.
///
/// A BoxedOptional converts to and from std::optional of the same type, and compares with it. As with std::optional,
/// several threads may read one object at once; a change needs synchronization.
///
/// @code
/// build.deployer = applivery::Deployer{};
/// build.deployer->name = "fastlane";
/// build.uploadedBy = std::nullopt;
/// if (build.info.ios && build.info.ios->plist) {
///     std::cout << applivery::printable(build.info.ios->plist->bundleName.value_or("-")) << '\n';
/// }
/// @endcode
///
/// @tparam T the type of the value: complete, copyable, movable, and not itself an optional.
template <typename T>
class BoxedOptional {
    template <typename U>
    using EnableIfValue = std::enable_if_t<std::is_convertible_v<U, T>>;

public:
    using value_type = T;  ///< The type of the value.

    /// @{
    /// Creates an empty object.
    BoxedOptional() noexcept = default;
    BoxedOptional(std::nullopt_t) noexcept {}  // NOLINT(google-explicit-constructor)
    /// @}

    /// Creates an object with a copy of the other's value, if there is one.
    BoxedOptional(const BoxedOptional& other) : value_(copyOf(other.get())) {}

    /// Creates an object with the other's value. `other` is empty afterwards.
    BoxedOptional(BoxedOptional&& other) noexcept = default;

    /// Creates an object with the value of a std::optional, if there is one.
    // A template, so that `{}` converts to `T`, and not to std::optional.
    template <typename Optional, std::enable_if_t<std::is_same_v<std::decay_t<Optional>, std::optional<T>>, int> = 0>
    BoxedOptional(Optional&& other)  // NOLINT(google-explicit-constructor,bugprone-forwarding-reference-overload)
        : value_(other ? std::make_unique<T>(*std::forward<Optional>(other)) : nullptr) {}

    /// Creates an object with this value.
    template <typename U = T, typename = EnableIfValue<U>>
    BoxedOptional(U&& value)  // NOLINT(google-explicit-constructor)
        : value_(std::make_unique<T>(std::forward<U>(value))) {}

    /// Creates an object with a value that is constructed from the arguments.
    // The tag is a template parameter, because g++ 14 converts `{}` to std::in_place_t.
    template <typename InPlace, typename... Args, std::enable_if_t<std::is_same_v<InPlace, std::in_place_t>, int> = 0>
    explicit BoxedOptional(InPlace, Args&&... args) : value_(std::make_unique<T>(std::forward<Args>(args)...)) {}

    ~BoxedOptional() = default;

    /// Copies the value. If both objects have a value, assigns the value without an allocation.
    BoxedOptional& operator=(const BoxedOptional& other) {
        if (has_value() && other.has_value()) {
            *value_ = *other.value_;
        } else {
            value_ = copyOf(other.get());
        }
        return *this;
    }
    /// Transfers the value. `other` is empty afterwards.
    BoxedOptional& operator=(BoxedOptional&& other) noexcept = default;
    /// Assigns the value. Allocates if the object is empty.
    template <typename U = T, typename = EnableIfValue<U>>
    BoxedOptional& operator=(U&& value) {
        if (has_value()) {
            *value_ = std::forward<U>(value);
        } else {
            value_ = std::make_unique<T>(std::forward<U>(value));
        }
        return *this;
    }

    /// Replaces the value by one that is constructed from the arguments, and returns it.
    template <typename... Args>
    T& emplace(Args&&... args) {
        value_ = std::make_unique<T>(std::forward<Args>(args)...);
        return *value_;
    }

    /// Makes the object empty.
    void reset() noexcept { value_.reset(); }
    /// Exchanges the values.
    void swap(BoxedOptional& other) noexcept { value_.swap(other.value_); }
    friend void swap(BoxedOptional& a, BoxedOptional& b) noexcept { a.swap(b); }  ///< Exchanges the values.

    /// @{
    /// Returns whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return value_ != nullptr; }
    explicit operator bool() const noexcept { return has_value(); }
    /// @}

    /// @{
    /// Returns the value. The behaviour is undefined if the object is empty.
    [[nodiscard]] T& operator*() & noexcept { return *value_; }
    [[nodiscard]] const T& operator*() const& noexcept { return *value_; }
    [[nodiscard]] T&& operator*() && noexcept { return std::move(*value_); }
    [[nodiscard]] const T&& operator*() const&& noexcept { return std::move(*value_); }
    [[nodiscard]] T* operator->() noexcept { return value_.get(); }
    [[nodiscard]] const T* operator->() const noexcept { return value_.get(); }
    /// @}

    /// @{
    /// Returns the value. Throws std::bad_optional_access if the object is empty.
    [[nodiscard]] T& value() & { return *checked(*this); }
    [[nodiscard]] const T& value() const& { return *checked(*this); }
    [[nodiscard]] T&& value() && { return std::move(*checked(*this)); }
    [[nodiscard]] const T&& value() const&& { return std::move(*checked(*this)); }
    /// @}

    /// @{
    /// Returns the value, or `other` if the object is empty.
    template <typename U>
    [[nodiscard]] T value_or(U&& other) const& {
        return has_value() ? **this : static_cast<T>(std::forward<U>(other));
    }
    template <typename U>
    [[nodiscard]] T value_or(U&& other) && {
        return has_value() ? std::move(**this) : static_cast<T>(std::forward<U>(other));
    }
    /// @}

    /// @{
    /// Returns the value as a std::optional.
    operator std::optional<T>() const& {  // NOLINT(google-explicit-constructor)
        return has_value() ? std::optional<T>(**this) : std::nullopt;
    }
    operator std::optional<T>() && {  // NOLINT(google-explicit-constructor)
        return has_value() ? std::optional<T>(std::move(*value_)) : std::nullopt;
    }
    /// @}

    /// @{
    /// Returns whether both are empty, or both have a value and the values are equal.
    friend bool operator==(const BoxedOptional& a, const BoxedOptional& b) { return equal(a.get(), b.get()); }
    friend bool operator==(const BoxedOptional& a, const std::optional<T>& b) { return equal(a.get(), addressIn(b)); }
    friend bool operator==(const std::optional<T>& a, const BoxedOptional& b) { return b == a; }
    friend bool operator==(const BoxedOptional& a, const T& b) { return equal(a.get(), &b); }
    friend bool operator==(const T& a, const BoxedOptional& b) { return b == a; }
    friend bool operator==(const BoxedOptional& a, std::nullopt_t) noexcept { return !a.has_value(); }
    friend bool operator==(std::nullopt_t, const BoxedOptional& b) noexcept { return !b.has_value(); }
    friend bool operator!=(const BoxedOptional& a, const BoxedOptional& b) { return !(a == b); }
    friend bool operator!=(const BoxedOptional& a, const std::optional<T>& b) { return !(a == b); }
    friend bool operator!=(const std::optional<T>& a, const BoxedOptional& b) { return !(a == b); }
    friend bool operator!=(const BoxedOptional& a, const T& b) { return !(a == b); }
    friend bool operator!=(const T& a, const BoxedOptional& b) { return !(a == b); }
    friend bool operator!=(const BoxedOptional& a, std::nullopt_t) noexcept { return a.has_value(); }
    friend bool operator!=(std::nullopt_t, const BoxedOptional& b) noexcept { return b.has_value(); }
    /// @}

private:
    static std::unique_ptr<T> copyOf(const T* value) { return value ? std::make_unique<T>(*value) : nullptr; }
    [[nodiscard]] const T* get() const noexcept { return value_.get(); }
    static const T* addressIn(const std::optional<T>& optional) noexcept { return optional ? &*optional : nullptr; }
    static bool equal(const T* a, const T* b) { return a == nullptr || b == nullptr ? a == b : *a == *b; }

    template <typename Self>
    static auto* checked(Self& self) {
        // std::optional throws here, because this header must compile without exceptions.
        if (!self.has_value()) (void)std::optional<char>().value();
        return self.operator->();
    }

    std::unique_ptr<T> value_{};
};

}  // namespace applivery
