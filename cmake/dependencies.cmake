# The library's dependencies: libcurl, nlohmann/json, threads, and simdjson if APPLIVERY_SIMDJSON is on.
include(${CMAKE_CURRENT_LIST_DIR}/fetch.cmake)

find_package(Threads REQUIRED)

if(NOT TARGET CURL::libcurl)
    find_package(CURL 7.68 QUIET)
    if(NOT CURL_FOUND) # a package that is too old may still define the target
        applivery_missing("libcurl 7.68 or newer with its headers"
            "curl in vcpkg and Homebrew, libcurl4-openssl-dev" CURL_ROOT)
    endif()
    message(STATUS "applivery: using libcurl ${CURL_VERSION_STRING}")
endif()

if(APPLIVERY_SIMDJSON AND NOT TARGET simdjson::simdjson)
    find_package(simdjson QUIET) # its package accepts only its own exact version
    if(NOT simdjson_FOUND OR simdjson_VERSION VERSION_LESS 3.0)
        applivery_missing("simdjson 3.0 or newer" libsimdjson-dev simdjson_ROOT ", and APPLIVERY_SIMDJSON needs it")
    endif()
endif()

# The library uses only the headers of nlohmann/json, never a target, so that a parent can have another version. Sets
# `result` to the first of the directories that contains 3.11 or newer: the first version with a configurable namespace.
# The directory holds either the separate headers or the single header.
function(applivery_json_in result)
    set(${result} "" PARENT_SCOPE)
    foreach(folder IN LISTS ARGN)
        string(REGEX REPLACE "^\\$<BUILD_INTERFACE:(.*)>$" "\\1" folder "${folder}")
        foreach(header detail/abi_macros.hpp json.hpp)
            set(version "")
            if(EXISTS "${folder}/nlohmann/${header}")
                file(STRINGS "${folder}/nlohmann/${header}" version REGEX "define +NLOHMANN_JSON_VERSION_M(AJ|IN)OR +[0-9]")
            endif()
            if(version MATCHES "MAJOR +([0-9]+).*MINOR +([0-9]+)")
                if("${CMAKE_MATCH_1}.${CMAKE_MATCH_2}" VERSION_GREATER_EQUAL 3.11)
                    set(${result} "${folder}" PARENT_SCOPE)
                    return()
                endif()
            endif()
        endforeach()
    endforeach()
endfunction()

# In this order: a target of the parent or of a package, a directory that the compiler searches, fetched sources.
if(NOT TARGET nlohmann_json::nlohmann_json)
    set(applivery_json_dir "${nlohmann_json_DIR}")
    find_package(nlohmann_json 3.11 QUIET)
    if(applivery_json_dir STREQUAL "")
        unset(nlohmann_json_DIR CACHE) # a later search by the parent must not start here
    endif()
endif()
if(TARGET nlohmann_json::nlohmann_json)
    get_target_property(applivery_json_folders nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
    applivery_json_in(applivery_json_include ${applivery_json_folders})
endif()
if(NOT applivery_json_include)
    find_path(APPLIVERY_JSON_INCLUDE_DIR nlohmann/json.hpp HINTS ${nlohmann_json_ROOT} $ENV{nlohmann_json_ROOT}
        PATH_SUFFIXES include single_include)
    mark_as_advanced(APPLIVERY_JSON_INCLUDE_DIR)
    applivery_json_in(applivery_json_include ${APPLIVERY_JSON_INCLUDE_DIR})
endif()
if(NOT applivery_json_include)
    applivery_fetch(applivery_nlohmann "nlohmann/json 3.11 or newer" nlohmann-json3-dev nlohmann_json_ROOT)
    applivery_json_in(applivery_json_include ${applivery_nlohmann_SOURCE_DIR}/include
        ${applivery_nlohmann_SOURCE_DIR}/single_include)
endif()
if(NOT applivery_json_include)
    applivery_missing("nlohmann/json 3.11 or newer" nlohmann-json3-dev nlohmann_json_ROOT
        " in ${applivery_nlohmann_SOURCE_DIR}")
endif()
message(STATUS "applivery: using nlohmann/json in ${applivery_json_include}")
