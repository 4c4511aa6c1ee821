/// @file
/// Which symbols a shared library offers. What the build defines decides it; users need not know of them.
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

// Around classes that are offered. MSVC warns that their members and bases of the standard library are not (C4251,
// C4275), which is harmless: whoever links a C++ library for Windows has the standard library that it was built with.
#if defined(_MSC_VER)
#    define APPLIVERY_WARNINGS_PUSH __pragma(warning(push)) __pragma(warning(disable : 4251 4275))
#    define APPLIVERY_WARNINGS_POP __pragma(warning(pop))
#else
#    define APPLIVERY_WARNINGS_PUSH
#    define APPLIVERY_WARNINGS_POP
#endif
/// @endcond
