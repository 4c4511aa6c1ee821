# Configurations with dependencies that are missing or in unusual places. Each test compares what CMake prints.
set(work ${CMAKE_CURRENT_BINARY_DIR}/configurations)

# Fakes of nlohmann/json: a package, the single header, a version that is too old, and sources of an earlier fetch.
function(applivery_fake_json folder header minor)
    file(WRITE ${folder}/nlohmann/json.hpp "\n")
    file(WRITE ${folder}/nlohmann/${header}
        "#define NLOHMANN_JSON_VERSION_MAJOR 3\n#define NLOHMANN_JSON_VERSION_MINOR ${minor}\n")
endfunction()
set(json ${work}/json)
set(one_header ${work}/one_header)
set(old_json ${work}/old_json)
set(fetched ${work}/disconnected_later/_deps/applivery_nlohmann-src)
applivery_fake_json(${json}/include detail/abi_macros.hpp 11)
applivery_fake_json(${one_header}/single_include json.hpp 12)
applivery_fake_json(${old_json}/include json.hpp 10)
applivery_fake_json(${fetched}/include detail/abi_macros.hpp 11)

file(WRITE ${json}/nlohmann_jsonConfig.cmake "add_library(nlohmann_json::nlohmann_json INTERFACE IMPORTED)
set_target_properties(nlohmann_json::nlohmann_json PROPERTIES INTERFACE_INCLUDE_DIRECTORIES ${json}/include)\n")
file(WRITE ${json}/nlohmann_jsonConfigVersion.cmake "set(PACKAGE_VERSION 3.11.9)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")
file(WRITE ${json}/CMakeLists.txt "add_library(nlohmann_json INTERFACE)
add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
target_include_directories(nlohmann_json INTERFACE \$<BUILD_INTERFACE:${json}/include>)\n")

# Fakes of libcurl: one that CURL_ROOT finds, and a package that is too old but defines the target.
file(WRITE ${work}/curl/include/curl/curl.h "\n")
file(WRITE ${work}/curl/include/curl/curlver.h "#define LIBCURL_VERSION \"97.9.7\"\n")
file(WRITE ${work}/curl/lib/libcurl.so "")
file(WRITE ${work}/old_curl/CURLConfig.cmake "add_library(CURL::libcurl INTERFACE IMPORTED)\n")
file(WRITE ${work}/old_curl/CURLConfigVersion.cmake "set(PACKAGE_VERSION 7.67.0)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n")

# applivery_configuration(<name> <regular expression of the output> <options of cmake...>). CMake may break lines of an
# error message at each space.
function(applivery_configuration name prints)
    string(REPLACE " " "[ \n]+" prints "${prints}")
    if(NOT DEFINED source)
        set(source ${PROJECT_SOURCE_DIR})
    endif()
    add_test(NAME packaging.configure_${name} COMMAND ${CMAKE_COMMAND} -DWORK=${work}/${name}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/configure.cmake -- --no-warn-unused-cli -S ${source} ${ARGN})
    set_tests_properties(packaging.configure_${name} PROPERTIES LABELS packaging PASS_REGULAR_EXPRESSION ${prints}
        FAIL_REGULAR_EXPRESSION "CMake Deprecation;CMake Warning")
endfunction()

set(uses_json "using nlohmann/json in")
set(no_json -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -DAPPLIVERY_JSON_INCLUDE_DIR=/nowhere)
set(no_json_found "configuration failed: nlohmann/json 3.11 or newer was not found")
applivery_configuration(json_by_its_dir "${uses_json} ${json}/include" -Dnlohmann_json_DIR=${json})
applivery_configuration(json_by_its_root "${uses_json} ${json}/include" -Dnlohmann_json_ROOT=${json})
applivery_configuration(json_of_one_header "${uses_json} ${one_header}/single_include"
    -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON -Dnlohmann_json_ROOT=${one_header})
applivery_configuration(json_that_was_fetched "${uses_json} ${json}/include" ${no_json}
    -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${json})
applivery_configuration(json_too_old "${no_json_found} in" ${no_json}
    -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${old_json})
applivery_configuration(without_fetching "${no_json_found}, and APPLIVERY_FETCH_DEPENDENCIES is OFF" ${no_json}
    -DAPPLIVERY_FETCH_DEPENDENCIES=OFF)
applivery_configuration(disconnected "${no_json_found}, and FETCHCONTENT_FULLY_DISCONNECTED is ON" ${no_json}
    -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
applivery_configuration(disconnected_later "${uses_json} ${fetched}/include" ${no_json} -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
set(no_network GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.file:///nowhere/.insteadOf GIT_CONFIG_VALUE_0=https://github.com/)
applivery_configuration(offline "${no_json_found}, and fetching failed" ${no_json})
set_tests_properties(packaging.configure_offline PROPERTIES FAIL_REGULAR_EXPRESSION "Cloning into;FetchContent.cmake"
    ENVIRONMENT "${no_network}")

set(no_libcurl_found "configuration failed: libcurl 7.68 or newer with its headers was not found")
applivery_configuration(without_libcurl ${no_libcurl_found} -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON)
applivery_configuration(libcurl_too_old ${no_libcurl_found} -DCURL_DIR=${work}/old_curl)
applivery_configuration(libcurl_by_its_root "using libcurl 97.9.7" -DCURL_ROOT=${work}/curl)

# The library needs only the dependencies in the README. The program does not need those of the mock server.
set(nothing_else "")
foreach(package OpenSSL ZLIB GTest benchmark PkgConfig)
    list(APPEND nothing_else -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
applivery_configuration(library_alone "Build files have been written" ${nothing_else}
    -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON)
applivery_configuration(program_alone "Build files have been written" ${nothing_else} -DAPPLIVERY_BUILD_PROGRAM=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_PkgConfig=OFF)

applivery_configuration(without_openssl "configuration failed: OpenSSL was not found" -DAPPLIVERY_BUILD_EXAMPLES=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)

# The default build type.
set(default_build_type "CMAKE_BUILD_TYPE is Release by default")
applivery_configuration(release_by_default ${default_build_type})
applivery_configuration(build_type_as_given "Build files have been written" -DCMAKE_BUILD_TYPE=Debug)
set_tests_properties(packaging.configure_build_type_as_given PROPERTIES FAIL_REGULAR_EXPRESSION ${default_build_type})
if(CMAKE_GENERATOR STREQUAL "Ninja")
    applivery_configuration(many_configurations "Build files have been written" -G "Ninja Multi-Config")
    set_tests_properties(packaging.configure_many_configurations PROPERTIES FAIL_REGULAR_EXPRESSION ${default_build_type})
endif()

# Presets that no other check uses.
foreach(preset release coverage)
    applivery_configuration(preset_${preset} "Build files have been written" --preset ${preset})
endforeach()

# Dependencies of a parent are used: targets, and sources that FetchContent provides instead of a package.
set(parent -DJSON=${json} -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR})
set(source ${CMAKE_CURRENT_SOURCE_DIR}/parent)
applivery_configuration(parents_json "${uses_json} ${json}/include" ${parent})
if(NOT CMAKE_VERSION VERSION_LESS 3.24)
    applivery_configuration(parents_fetched_json "${uses_json} ${json}/include" ${parent} -DFETCHES=ON)
endif()
# Dependencies that a parent lacks are fetched, unless the parent forbids that.
set(parent -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR} ${no_json})
applivery_configuration(parents_offline "${no_json_found}, and fetching failed" ${parent})
applivery_configuration(parents_disconnected "and FETCHCONTENT_FULLY_DISCONNECTED is ON" ${parent}
    -DFETCHCONTENT_FULLY_DISCONNECTED=ON)
applivery_configuration(parents_without_fetching "and APPLIVERY_FETCH_DEPENDENCIES is OFF" ${parent}
    -DAPPLIVERY_FETCH_DEPENDENCIES=OFF)
set_tests_properties(packaging.configure_parents_offline PROPERTIES ENVIRONMENT "${no_network}")

# A vendored library is compiled in few units, unless the parent sets CMAKE_UNITY_BUILD. It keeps the parent's build type.
set(parent -DJSON=${json} -DAPPLIVERY_SOURCE_DIR=${PROJECT_SOURCE_DIR})
applivery_configuration(parents_units "UNITY_BUILD is ON, CMAKE_BUILD_TYPE is \\." ${parent})
applivery_configuration(parents_own_units "UNITY_BUILD is OFF" ${parent} -DCMAKE_UNITY_BUILD=OFF)
applivery_configuration(parents_program "Build files have been written" ${parent} -DAPPLIVERY_BUILD_PROGRAM=ON
    "-DTARGETS=fmt$<SEMICOLON>CLI11" -DCMAKE_DISABLE_FIND_PACKAGE_fmt=ON -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON)
unset(source)

# An in-source build, here on a path with a space, writes no version.hpp to include/.
add_test(NAME packaging.configure_in_source COMMAND ${CMAKE_COMMAND} -DSOURCE=${PROJECT_SOURCE_DIR} "-DWORK=${work}/in source"
    -P ${CMAKE_CURRENT_SOURCE_DIR}/in_source.cmake)
set_tests_properties(packaging.configure_in_source PROPERTIES LABELS packaging)
