# APPLIVERY_STATIC_PROGRAM: wholly static where the libcurl that was found is, with all that it needs; else this library and
# that of the compiler are linked in, and libcurl and the C library stay shared. Debian's libcurl is never wholly static,
# for want of a static Kerberos.
include(CheckCXXSourceCompiles)

if(applivery_type STREQUAL "SHARED_LIBRARY")
    message(FATAL_ERROR "applivery: APPLIVERY_STATIC_PROGRAM needs BUILD_SHARED_LIBS off.")
endif()

set(libcurl CURL::libcurl)
get_target_property(aliased CURL::libcurl ALIASED_TARGET) # which a trial would not know by its other name
if(aliased)
    set(libcurl ${aliased})
endif()
set(CMAKE_REQUIRED_LIBRARIES ${libcurl} Threads::Threads)
set(CMAKE_REQUIRED_LINK_OPTIONS -static)
check_cxx_source_compiles("#include <curl/curl.h>\nint main() { return curl_easy_init() == nullptr; }"
    APPLIVERY_LIBCURL_IS_WHOLLY_STATIC)
unset(CMAKE_REQUIRED_LIBRARIES)
unset(CMAKE_REQUIRED_LINK_OPTIONS)

if(APPLIVERY_LIBCURL_IS_WHOLLY_STATIC)
    target_link_options(applivery-builds PRIVATE -static)
else()
    target_link_options(applivery-builds PRIVATE -static-libgcc -static-libstdc++)
    message(STATUS "applivery: applivery-builds is static but for libcurl and the C library")
endif()
