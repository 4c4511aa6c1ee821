/// @file
/// Reduces the size of tests with a sanitizer, which slows down everything several times.
#pragma once

namespace applivery::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool isSanitized = true;
#else
inline constexpr bool isSanitized = false;
#endif

constexpr int scaled(int count) {
    return isSanitized ? count / 5 : count;
}

}  // namespace applivery::test
