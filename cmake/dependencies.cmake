# What the library itself needs: libcurl, nlohmann/json, threads; simdjson where it is asked for.
include(${CMAKE_CURRENT_LIST_DIR}/fetch.cmake)

find_package(Threads REQUIRED)

if(NOT TARGET CURL::libcurl)
    find_package(CURL 7.68 QUIET)
endif()
if(NOT TARGET CURL::libcurl)
    message(FATAL_ERROR "applivery needs libcurl 7.68 or newer with its headers. Install it (libcurl4-openssl-dev on Debian, curl in vcpkg and Homebrew), set CURL_ROOT to where it is, or define the target CURL::libcurl before applivery is added.")
endif()

if(APPLIVERY_SIMDJSON AND NOT TARGET simdjson::simdjson)
    find_package(simdjson QUIET) # whose package calls no version compatible but its own
    if(NOT simdjson_FOUND OR simdjson_VERSION VERSION_LESS 3.0)
        message(FATAL_ERROR "applivery: APPLIVERY_SIMDJSON needs simdjson 3.0 or newer. Install it (libsimdjson-dev on Debian), or set simdjson_ROOT to where it is.")
    endif()
endif()

# Of nlohmann/json, header-only and private, only the place of its headers is taken, never a target, so that a parent may
# have another version of it. Sets `result` to the first of the folders that holds 3.11 or newer, whose namespace can be
# chosen.
function(applivery_json_in result)
    set(${result} "" PARENT_SCOPE)
    foreach(folder IN LISTS ARGN)
        string(REGEX REPLACE "^\\$<BUILD_INTERFACE:(.*)>$" "\\1" folder "${folder}")
        if(EXISTS "${folder}/nlohmann/detail/abi_macros.hpp")
            set(${result} ${folder} PARENT_SCOPE)
            return()
        endif()
    endforeach()
endfunction()

# From a target of the parent's or a package, a folder that the compiler searches, or fetched.
if(NOT TARGET nlohmann_json::nlohmann_json)
    find_package(nlohmann_json 3.11 QUIET)
endif()
if(TARGET nlohmann_json::nlohmann_json)
    get_target_property(applivery_json_folders nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
    applivery_json_in(applivery_json_include ${applivery_json_folders})
endif()
if(NOT applivery_json_include)
    find_path(APPLIVERY_JSON_INCLUDE_DIR nlohmann/detail/abi_macros.hpp)
    mark_as_advanced(APPLIVERY_JSON_INCLUDE_DIR)
    applivery_json_in(applivery_json_include ${APPLIVERY_JSON_INCLUDE_DIR})
endif()
if(NOT applivery_json_include)
    applivery_fetch(applivery_nlohmann "nlohmann/json 3.11 or newer" nlohmann-json3-dev nlohmann_json_ROOT)
    applivery_json_in(applivery_json_include ${applivery_nlohmann_SOURCE_DIR}/include)
endif()
message(STATUS "applivery: nlohmann/json is taken from ${applivery_json_include}")
