# What the library itself needs: libcurl, nlohmann/json, threads; simdjson where it is asked for.
include(${CMAKE_CURRENT_LIST_DIR}/pins.cmake)

find_package(Threads REQUIRED)

if(NOT TARGET CURL::libcurl)
    find_package(CURL 7.68 QUIET)
endif()
if(NOT TARGET CURL::libcurl)
    if(NOT PROJECT_IS_TOP_LEVEL)
        message(FATAL_ERROR "applivery needs libcurl 7.68 or newer with its headers: install it, or define the target CURL::libcurl before applivery is added.")
    endif()
    set(BUILD_CURL_EXE OFF)
    set(BUILD_STATIC_LIBS ON)
    FetchContent_MakeAvailable(applivery_curl)
endif()

if(APPLIVERY_SIMDJSON AND NOT TARGET simdjson::simdjson)
    find_package(simdjson REQUIRED) # whose package calls no version compatible but its own
    if(simdjson_VERSION VERSION_LESS 3.0)
        message(FATAL_ERROR "applivery: APPLIVERY_SIMDJSON needs simdjson 3.0 or newer; found ${simdjson_VERSION}.")
    endif()
endif()

# Header-only and private: only the place of its headers is taken, never a target, so that a parent may have another
# version of it.
find_path(APPLIVERY_JSON_INCLUDE_DIR nlohmann/json_fwd.hpp)
mark_as_advanced(APPLIVERY_JSON_INCLUDE_DIR)
set(applivery_json_include ${APPLIVERY_JSON_INCLUDE_DIR})
if(applivery_json_include AND EXISTS ${applivery_json_include}/nlohmann/detail/abi_macros.hpp)
    return() # 3.11 or newer: the versions whose namespace can be chosen
endif()
FetchContent_GetProperties(applivery_nlohmann)
if(NOT applivery_nlohmann_POPULATED)
    FetchContent_Populate(applivery_nlohmann)
endif()
set(applivery_json_include ${applivery_nlohmann_SOURCE_DIR}/include)
