# Steps of cmake/demo.cmake and cmake/test.cmake: install missing packages, configure, build. For `cmake -P` only.
cmake_minimum_required(VERSION 3.21)

get_filename_component(applivery_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# Debian packages. A program, or a file below /usr, follows the colon: if it exists, the package is installed.
set(applivery_demo_packages
    "g++:c++" "ninja-build:ninja" "pkg-config:pkg-config" "libcurl4-openssl-dev:include/*/curl/curl.h"
    "nlohmann-json3-dev:include/nlohmann/json.hpp" "libcli11-dev:include/CLI/CLI.hpp" "libfmt-dev:include/fmt/format.h"
    "libutf8proc-dev:include/utf8proc.h" "libcpp-httplib-dev:include/httplib.h") # with libssl-dev and zlib1g-dev
set(applivery_test_packages
    "libgtest-dev:include/gtest/gtest.h" "libgmock-dev:include/gmock/gmock.h" "tinyproxy-bin:tinyproxy"
    "ca-certificates:../etc/ssl/certs/ca-certificates.crt" "locales:share/i18n/locales/de_DE")
set(applivery_all_test_packages
    "abigail-tools:abidiff" "clang:clang++" "curl:curl" "doxygen:doxygen" "doxygen-awesome-css:share/doxygen-awesome-css/doxygen-awesome.css"
    "dpkg-dev:dpkg-shlibdeps" "libasio-dev:include/asio.hpp" "libbenchmark-dev:include/benchmark/benchmark.h"
    "libc++-dev:lib/llvm-*/include/c++/v1/coroutine" "libsimdjson-dev:include/simdjson.h" "lintian:lintian"
    "nodejs:node" "npm:npm"
    "chromium:chromium" "python3-prometheus-client:lib/python3/dist-packages/prometheus_client/openmetrics/parser.py"
    "python3-yaml:lib/python3/dist-packages/yaml" "qtbase5-dev:include/*/qt5/QtWidgets/QListWidget")
set(applivery_release_packages
    "dpkg-dev:dpkg-source" "g++-mingw-w64-x86-64-posix:x86_64-w64-mingw32-g++-posix" "git:git" "llvm:llvm-objdump"
    "make:make" "ninja-build:ninja" "npm:npm" "perl:perl" "zip:zip")

# Debian starts the daemons of these packages when it installs them, so they are unpacked into build/tools instead.
set(applivery_test_daemons "nginx:nginx")
set(applivery_all_test_daemons "prometheus:promtool")

set(applivery_tools ${applivery_root}/build/tools)
set(ENV{PATH} "$ENV{PATH}:/usr/sbin:${applivery_tools}/usr/sbin:${applivery_tools}/usr/bin")

# Sets `result` to the packages that are not installed.
function(applivery_find_missing result)
    set(missing "")
    foreach(entry IN LISTS ARGN)
        string(REPLACE ":" ";" entry "${entry}")
        list(GET entry 0 package)
        list(GET entry 1 probe)
        if(probe MATCHES "/")
            file(GLOB found /usr/${probe} /usr/local/${probe})
        else()
            unset(found)
            find_program(found ${probe} NO_CACHE)
        endif()
        if(NOT found)
            list(APPEND missing ${package})
        endif()
    endforeach()
    set(${result} "${missing}" PARENT_SCOPE)
endfunction()

# Runs apt-get, with sudo if needed and if sudo asks for no password. Sets `result` to the exit code.
function(applivery_apt result)
    execute_process(COMMAND id -u OUTPUT_VARIABLE user OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    set(prefix "")
    if(NOT user STREQUAL "0")
        set(prefix sudo -n)
    endif()
    set(ENV{DEBIAN_FRONTEND} noninteractive)
    execute_process(COMMAND ${prefix} apt-get ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(NOT code EQUAL 0)
        message(STATUS "apt-get ${ARGV1} failed: ${log}")
    endif()
    set(${result} ${code} PARENT_SCOPE)
endfunction()

# Installs the packages that are missing. If that fails, prints the command to run. The build continues, because CMake
# fetches most dependencies.
function(applivery_install_missing)
    applivery_find_missing(missing ${ARGN})
    if(NOT missing)
        return()
    endif()
    list(JOIN missing " " names)
    find_program(apt apt-get NO_CACHE)
    if(apt)
        message(STATUS "Installing ${names}")
        applivery_apt(updated update)
        applivery_apt(installed install -y --no-install-recommends ${missing})
        if(installed EQUAL 0)
            return()
        endif()
    endif()
    message(STATUS "Missing system packages. On Debian or Ubuntu run: sudo apt-get install ${names}")
endfunction()

# Unpacks packages into build/tools without installing them, so that no daemon starts.
function(applivery_unpack_missing)
    applivery_find_missing(missing ${ARGN})
    foreach(package IN LISTS missing)
        message(STATUS "Unpacking ${package} into build/tools")
        file(MAKE_DIRECTORY ${applivery_tools})
        set(unpack sh -c "rm -f ${package}_*.deb && apt-get download ${package} && dpkg-deb -x ${package}_*.deb .")
        execute_process(COMMAND ${unpack} WORKING_DIRECTORY ${applivery_tools} RESULT_VARIABLE code OUTPUT_QUIET ERROR_QUIET)
        if(NOT code EQUAL 0) # a container image may have no package lists
            applivery_apt(updated update)
            execute_process(COMMAND ${unpack} WORKING_DIRECTORY ${applivery_tools}
                RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
        endif()
        if(NOT code EQUAL 0)
            message(STATUS "Unpacking ${package} failed: ${log}")
        endif()
    endforeach()
endfunction()

# Sets `result` to the cache variables of a configure preset, as options of cmake. The two commands need CMake 3.21, but
# `cmake --preset` needs 3.25, because CMakePresets.json has workflow presets.
function(applivery_preset_options result preset)
    set(options "")
    file(READ ${applivery_root}/CMakePresets.json presets)
    string(JSON presets GET "${presets}" configurePresets)
    string(JSON count LENGTH "${presets}")
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
        string(JSON name GET "${presets}" ${index} name)
        if(name STREQUAL preset)
            string(JSON parent ERROR_VARIABLE error GET "${presets}" ${index} inherits)
            if(NOT error)
                applivery_preset_options(options ${parent})
            endif()
            string(JSON variables GET "${presets}" ${index} cacheVariables)
            string(JSON count LENGTH "${variables}")
            math(EXPR last_variable "${count} - 1")
            foreach(variable_index RANGE ${last_variable})
                string(JSON variable MEMBER "${variables}" ${variable_index})
                string(JSON value GET "${variables}" ${variable})
                list(APPEND options "-D${variable}=${value}") # the last value of a variable applies
            endforeach()
        endif()
    endforeach()
    set(${result} "${options}" PARENT_SCOPE)
endfunction()

# applivery_build(<preset> <target> <options of cmake...>): configures and builds in build/<preset>.
function(applivery_build preset target)
    set(directory ${applivery_root}/build/${preset})
    find_program(ninja ninja NO_CACHE)
    if(NOT EXISTS ${directory}/build.ninja AND NOT EXISTS ${directory}/Makefile) # an earlier configuration failed
        file(REMOVE_RECURSE ${directory}/CMakeCache.txt ${directory}/CMakeFiles)
    endif()
    set(generator "")
    if(ninja AND NOT EXISTS ${directory}/CMakeCache.txt)
        set(generator -G Ninja)
    endif()
    applivery_preset_options(options ${preset})
    message(STATUS "Configuring build/${preset}")
    execute_process(COMMAND ${CMAKE_COMMAND} -S ${applivery_root} -B ${directory} ${generator} ${options} ${ARGN}
        RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(NOT code EQUAL 0)
        message(NOTICE "${log}")
        message(FATAL_ERROR "applivery: configuration failed. Its messages are above.")
    endif()
    cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
    message(STATUS "Building build/${preset} with ${cores} processes")
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${directory} --target ${target} --parallel ${cores}
        RESULT_VARIABLE code)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "applivery: build failed. Its messages are above.")
    endif()
endfunction()
