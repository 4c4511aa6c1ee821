# The set-up that the two commands share: installs what is missing, configures and builds. Run by `cmake -P` only.
cmake_minimum_required(VERSION 3.21)

get_filename_component(applivery_root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# Debian's packages by what each brings; a probe is a program or a file below /usr.
set(applivery_packages
    "g++:c++" "pkg-config:pkg-config" "git:git" "ca-certificates:/usr/sbin/update-ca-certificates"
    "libcurl4-openssl-dev:include/*/curl/curl.h" "libssl-dev:include/openssl/ssl.h" "zlib1g-dev:include/zlib.h"
    "nlohmann-json3-dev:include/nlohmann/json.hpp" "libcli11-dev:include/CLI/CLI.hpp" "libfmt-dev:include/fmt/format.h"
    "libutf8proc-dev:include/utf8proc.h" "libcpp-httplib-dev:include/httplib.h"
    "libgtest-dev:include/gtest/gtest.h" "libgmock-dev:include/gmock/gmock.h"
    "libbenchmark-dev:include/benchmark/benchmark.h" "libsimdjson-dev:include/simdjson.h" "nginx-light:/usr/sbin/nginx"
    "libasio-dev:include/asio.hpp"
    "tinyproxy-bin:tinyproxy" "locales:share/i18n/locales/de_DE")

# What only the tests need.
set(applivery_test_packages
    "doxygen:doxygen" "doxygen-awesome-css:share/doxygen-awesome-css/doxygen-awesome.css" "python3-yaml:lib/python3/dist-packages/yaml"
    "chromium:chromium" "prometheus:promtool" "curl:curl" "lintian:lintian" "dpkg-dev:dpkg-shlibdeps"
    "clang:clang++" "libc++-dev:lib/llvm-*/include/c++/v1/coroutine"
    "qtbase5-dev:include/*/qt5/QtWidgets/QListWidget"
    "python3-prometheus-client:lib/python3/dist-packages/prometheus_client/openmetrics/parser.py")

# Sets `result` to those of the packages whose probes fail.
function(applivery_find_missing result)
    set(missing "")
    foreach(entry IN LISTS ARGN)
        string(REPLACE ":" ";" entry "${entry}")
        list(GET entry 0 package)
        list(GET entry 1 probe)
        if(probe MATCHES "^/")
            file(GLOB found ${probe})
        elseif(probe MATCHES "/")
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

# Installs the missing packages where this machine has apt-get and lets us; else says the command and goes on: what is
# no system package is then fetched at configuration. Further packages may be named, as those above.
function(applivery_install_missing)
    applivery_find_missing(missing ${applivery_packages} ${ARGN})
    if(NOT missing)
        return()
    endif()
    list(JOIN missing " " names)
    set(command apt-get install -y --no-install-recommends ${missing})
    find_program(apt apt-get NO_CACHE)
    execute_process(COMMAND id -u OUTPUT_VARIABLE user OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    set(prefix "")
    set(allowed 0)
    if(NOT user STREQUAL "0")
        set(prefix sudo -n)
        execute_process(COMMAND sudo -n true RESULT_VARIABLE allowed OUTPUT_QUIET ERROR_QUIET)
    endif()
    if(apt AND allowed STREQUAL "0")
        message(STATUS "Installing ${names}")
        set(ENV{DEBIAN_FRONTEND} noninteractive)
        execute_process(COMMAND ${prefix} apt-get update OUTPUT_QUIET ERROR_QUIET)
        execute_process(COMMAND ${prefix} ${command} RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
        if(code EQUAL 0)
            return()
        endif()
        message(STATUS "${log}")
    endif()
    message(STATUS "Missing system packages. On Debian or Ubuntu run: sudo apt-get install ${names}")
endfunction()

# Configures a preset and builds it below build/<name>; what the tools print is shown only where they fail.
function(applivery_build name preset)
    set(directory ${applivery_root}/build/${name})
    find_program(ninja ninja NO_CACHE)
    set(generator "")
    if(ninja AND NOT EXISTS ${directory}/CMakeCache.txt)
        set(generator -G Ninja)
    endif()
    message(STATUS "Building in build/${name}")
    applivery_run("the configuration failed" ${CMAKE_COMMAND} --preset ${preset} -S ${applivery_root} -B ${directory} ${generator})
    cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
    applivery_run("the build failed" ${CMAKE_COMMAND} --build ${directory} --parallel ${cores})
endfunction()

function(applivery_run failure)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(NOT code EQUAL 0)
        message(NOTICE "${log}")
        message(FATAL_ERROR "applivery: ${failure}; what it printed stands above.")
    endif()
endfunction()
