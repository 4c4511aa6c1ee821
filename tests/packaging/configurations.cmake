# Tests of the configuration with missing or relocated dependencies. Each test compares the output of the configuration.
set(work ${CMAKE_CURRENT_BINARY_DIR}/configurations)

# Replacements of nlohmann/json: a package, a single header, an old version, and a fetched copy of an earlier
# configuration.
function(applivery_json_stand_in folder header minor)
    file(WRITE ${folder}/nlohmann/json.hpp "\n")
    file(WRITE ${folder}/nlohmann/${header}
        "#define NLOHMANN_JSON_VERSION_MAJOR 3\n#define NLOHMANN_JSON_VERSION_MINOR ${minor}\n")
endfunction()
set(json ${work}/json)
set(one_header ${work}/one_header)
set(old_json ${work}/old_json)
set(fetched ${work}/disconnected_later/_deps/applivery_nlohmann-src)
applivery_json_stand_in(${json}/include detail/abi_macros.hpp 11)
applivery_json_stand_in(${one_header}/single_include json.hpp 12)
applivery_json_stand_in(${old_json}/include json.hpp 10)
applivery_json_stand_in(${fetched}/include detail/abi_macros.hpp 11)

file(WRITE ${json}/nlohmann_jsonConfig.cmake "add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
set_target_properties(nlohmann_json::nlohmann_json PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${json}/include)\n")
file(WRITE ${json}/nlohmann_jsonConfigVersion.cmake "set(PACKAGE_VERSION 3.11.9)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")
file(WRITE ${json}/CMakeLists.txt "add_library(nlohmann_json INTERFACE)
add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
target_include_directories(nlohmann_json INTERFACE \$<BUILD_INTERFACE:${json}/include>)\n")

# Replacements of libcurl: a library that is found by its path, and an old package with the target.
file(WRITE ${work}/curl/include/curl/curl.h "\n")
file(WRITE ${work}/curl/include/curl/curlver.h "#define LIBCURL_VERSION \"97.9.7\"\n")
file(WRITE ${work}/curl/lib/libcurl.so "")
file(WRITE ${work}/old_curl/CURLConfig.cmake "add_library(CURL::libcurl INTERFACE IMPORTED)\n")
file(WRITE ${work}/old_curl/CURLConfigVersion.cmake "set(PACKAGE_VERSION 7.67.0)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

# applivery_configuration(<name> <expected output> <arguments...>)
function(applivery_configuration name prints)
    if(NOT DEFINED source)
        set(source ${PROJECT_SOURCE_DIR})
    endif()
    add_test(NAME packaging.configure_${name} COMMAND ${CMAKE_COMMAND} -DWORK=${work}/${name}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/configure.cmake -- --no-warn-unused-cli -S ${source} ${ARGN})
    set_tests_properties(packaging.configure_${name} PROPERTIES LABELS packaging PASS_REGULAR_EXPRESSION ${prints}
        FAIL_REGULAR_EXPRESSION "CMake Deprecation;CMake Warning")
endfunction()

set(taken_from "nlohmann/json is taken from")
set(no_json -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -DAPPLIVERY_JSON_INCLUDE_DIR=/nowhere)
set(needs_json "applivery needs nlohmann/json 3.11 or newer,")
applivery_configuration(json_by_its_dir "${taken_from} ${json}/include" -Dnlohmann_json_DIR=${json})
applivery_configuration(json_by_its_root "${taken_from} ${json}/include" -Dnlohmann_json_ROOT=${json})
applivery_configuration(json_of_one_header "${taken_from} ${one_header}/single_include"
    -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -Dnlohmann_json_ROOT=${one_header})
applivery_configuration(json_that_was_fetched "${taken_from} ${json}/include" ${no_json}
    -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${json})
applivery_configuration(json_too_old "${needs_json} of which" ${no_json}
    -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${old_json})
applivery_configuration(without_fetching "${needs_json} and[ \n]+fetches[ \n]+nothing[ \n]+while[ \n]+APPLIVERY_FETCH" ${no_json}
    -DAPPLIVERY_FETCH_DEPENDENCIES=OFF)
applivery_configuration(disconnected "${needs_json} and[ \n]+fetches[ \n]+nothing[ \n]+while[ \n]+FETCHCONTENT_FULLY" ${no_json}
    -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
applivery_configuration(disconnected_later "${taken_from} ${fetched}/include" ${no_json} -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
set(no_network GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.file:///nowhere/.insteadOf GIT_CONFIG_VALUE_0=https://github.com/)
applivery_configuration(offline "${needs_json} which[ \n]+is[ \n]+neither[ \n]+installed" ${no_json})
set_tests_properties(packaging.configure_offline PROPERTIES FAIL_REGULAR_EXPRESSION "Cloning into;FetchContent.cmake"
    ENVIRONMENT "${no_network}")

set(needs_libcurl "applivery needs libcurl 7.68 or newer")
applivery_configuration(without_libcurl ${needs_libcurl} -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON)
applivery_configuration(libcurl_too_old ${needs_libcurl} -DCURL_DIR=${work}/old_curl)
applivery_configuration(libcurl_by_its_root "libcurl is 97.9.7" -DCURL_ROOT=${work}/curl)

# The library needs only the dependencies that the README names. The program needs no mock server.
set(nothing_else "")
foreach(package OpenSSL ZLIB GTest benchmark PkgConfig)
    list(APPEND nothing_else -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
applivery_configuration(library_alone "Build files have been written" ${nothing_else}
    -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON)
applivery_configuration(program_alone "Build files have been written" ${nothing_else} -DAPPLIVERY_BUILD_PROGRAM=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=OFF)

applivery_configuration(without_openssl "applivery needs OpenSSL" -DAPPLIVERY_BUILD_EXAMPLES=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)

# The default build type is used if none is given.
set(chosen "build type is Release")
applivery_configuration(release_by_default ${chosen})
applivery_configuration(build_type_as_given "Build files have been written" -DCMAKE_BUILD_TYPE=Debug)
set_tests_properties(packaging.configure_build_type_as_given PROPERTIES FAIL_REGULAR_EXPRESSION ${chosen})
if(CMAKE_GENERATOR STREQUAL "Ninja")
    applivery_configuration(many_configurations "Build files have been written" -G "Ninja Multi-Config")
    set_tests_properties(packaging.configure_many_configurations PROPERTIES FAIL_REGULAR_EXPRESSION ${chosen})
endif()

# The presets that no other check uses.
foreach(preset release coverage)
    applivery_configuration(preset_${preset} "Build files have been written" --preset ${preset})
endforeach()

# Dependencies of the parent project are used: targets, and packages that FetchContent provides.
set(parent -DJSON=${json} -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR})
set(source ${CMAKE_CURRENT_SOURCE_DIR}/parent)
applivery_configuration(parents_json "${taken_from} ${json}/include" ${parent})
if(NOT CMAKE_VERSION VERSION_LESS 3.24)
    applivery_configuration(parents_fetched_json "${taken_from} ${json}/include" ${parent} -DFETCHES=ON)
endif()
# Missing dependencies are fetched unless the parent project forbids fetching.
set(parent -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR} ${no_json})
applivery_configuration(parents_offline "${needs_json} which[ \n]+is[ \n]+neither[ \n]+installed" ${parent})
applivery_configuration(parents_disconnected "while[ \n]+FETCHCONTENT_FULLY_DISCONNECTED" ${parent}
    -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
applivery_configuration(parents_without_fetching "while[ \n]+APPLIVERY_FETCH_DEPENDENCIES" ${parent}
    -DAPPLIVERY_FETCH_DEPENDENCIES=OFF)
set_tests_properties(packaging.configure_parents_offline PROPERTIES ENVIRONMENT "${no_network}")

# A unity build is the default, which the parent project can override. The build type of the parent project stays
# unchanged.
set(parent -DJSON=${json} -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR})
applivery_configuration(parents_units "UNITY_BUILD is ON, CMAKE_BUILD_TYPE is \\." ${parent})
applivery_configuration(parents_own_units "UNITY_BUILD is OFF" ${parent} -DCMAKE_UNITY_BUILD=OFF)
applivery_configuration(parents_program "Build files have been written" ${parent} -DAPPLIVERY_BUILD_PROGRAM=ON
    "-DTARGETS=fmt$<SEMICOLON>CLI11" -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON)
unset(source)

# A build in the source tree, here on a path with a space, leaves no version.hpp that another build would find first.
add_test(NAME packaging.configure_in_source COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} "-DWORK=${work}/in source"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/in_source.cmake)
set_tests_properties(packaging.configure_in_source PROPERTIES LABELS packaging)
