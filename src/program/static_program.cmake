# APPLIVERY_STATIC_PROGRAM: links the program statically if libcurl and all its dependencies are static. If not, links
# only this library and that of the compiler statically. Debian's libcurl needs Kerberos, which Debian has only shared.
include(CheckCXXSourceCompiles)

if(applivery_type STREQUAL "SHARED_LIBRARY")
    message(FATAL_ERROR "applivery: APPLIVERY_STATIC_PROGRAM needs BUILD_SHARED_LIBS off.")
endif()

set(libcurl CURL::libcurl)
get_target_property(aliased CURL::libcurl ALIASED_TARGET) # check_cxx_source_compiles() does not accept an alias
if(aliased)
    set(libcurl ${aliased})
endif()
set(CMAKE_REQUIRED_LIBRARIES ${libcurl} Threads::Threads)
set(CMAKE_REQUIRED_LINK_OPTIONS -static)
check_cxx_source_compiles("#include <curl/curl.h>\nint main() { return curl_easy_init() == nullptr; }"
    APPLIVERY_LIBCURL_IS_FULLY_STATIC)
unset(CMAKE_REQUIRED_LIBRARIES)
unset(CMAKE_REQUIRED_LINK_OPTIONS)

if(APPLIVERY_LIBCURL_IS_FULLY_STATIC)
    target_link_options(applivery-builds PRIVATE -static)
else()
    target_link_options(applivery-builds PRIVATE -static-libgcc -static-libstdc++)
    message(STATUS "applivery: applivery-builds is static except for libcurl and the C library")
endif()
