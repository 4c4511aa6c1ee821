/// @file
/// Which symbols a shared library offers. The build defines the two macros; users need not know of them.
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
/// @endcond
