/// @file
/// Reduces the size of tests with a sanitizer, which slows down a program several times. Defines
/// APPLIVERY_TESTS_ARE_SANITIZED for tests that a sanitizer makes meaningless.
#pragma once

namespace applivery::test {

#if defined(__has_feature)  // Clang
#    if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#        define APPLIVERY_TESTS_ARE_SANITIZED
#    endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#    define APPLIVERY_TESTS_ARE_SANITIZED
#endif

#ifdef APPLIVERY_TESTS_ARE_SANITIZED
inline constexpr bool isSanitized = true;
#else
inline constexpr bool isSanitized = false;
#endif

constexpr int scaled(int count) {
    return isSanitized ? count / 10 : count;
}

}  // namespace applivery::test
