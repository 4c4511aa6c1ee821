/// @file
/// Defines the macros that export symbols from a shared library. For the library's own headers only.
#pragma once

/// @cond
#if defined(APPLIVERY_STATIC)
#    define APPLIVERY_API
#elif defined(_WIN32)
#    if defined(APPLIVERY_BUILDING)
#        define APPLIVERY_API __declspec(dllexport)
#    else
#        define APPLIVERY_API __declspec(dllimport)
#    endif
#else
#    define APPLIVERY_API __attribute__((visibility("default")))
#endif

// Enclose exported classes. MSVC warns that their members and bases of the standard library are not exported (C4251,
// C4275). The warnings are harmless: a C++ library for Windows needs the standard library with which it was built.
#if defined(_MSC_VER)
#    define APPLIVERY_WARNINGS_PUSH __pragma(warning(push)) __pragma(warning(disable : 4251 4275))
#    define APPLIVERY_WARNINGS_POP __pragma(warning(pop))
#else
#    define APPLIVERY_WARNINGS_PUSH
#    define APPLIVERY_WARNINGS_POP
#endif
/// @endcond
