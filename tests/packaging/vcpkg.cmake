# cmake -DPORT_DIR=<directory> -DBUILD=<build directory> -DWORK=<directory> -DVERSION=<of the project> -P vcpkg.cmake: runs
# the port with the feature `tools`, with fakes of vcpkg's functions. BUILD is a build of the same sources, which saves
# time. The package is installed to WORK, and its CMake package to WORK/share/applivery.
cmake_minimum_required(VERSION 3.21)
set(CURRENT_PACKAGES_DIR ${WORK})
set(FEATURES core tools)
file(REMOVE_RECURSE ${WORK})

file(READ ${PORT_DIR}/vcpkg.json manifest)
string(JSON version GET "${manifest}" version)
if(NOT version STREQUAL VERSION)
    message(SEND_ERROR "vcpkg.json has version ${version}")
endif()

string(JSON platforms ERROR_VARIABLE error GET "${manifest}" features tools supports)
if(NOT platforms STREQUAL "!windows")
    message(SEND_ERROR "vcpkg.json offers the program, which needs POSIX, on platforms other than !windows: ${platforms}")
endif()

function(vcpkg_check_features)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" OUT_FEATURE_OPTIONS FEATURES)
    set(options "")
    while(arg_FEATURES)
        list(POP_FRONT arg_FEATURES feature variable)
        string(JSON what ERROR_VARIABLE unknown GET "${manifest}" features ${feature} description)
        if(unknown)
            message(SEND_ERROR "vcpkg.json has no feature ${feature}")
        endif()
        if(feature IN_LIST FEATURES)
            list(APPEND options -D${variable}=ON)
        else()
            list(APPEND options -D${variable}=OFF)
        endif()
    endwhile()
    set(${arg_OUT_FEATURE_OPTIONS} ${options} PARENT_SCOPE)
endfunction()

function(vcpkg_find_acquire_program name)
    find_program(found pkg-config REQUIRED)
    set(${name} ${found} PARENT_SCOPE)
endfunction()

function(vcpkg_cmake_configure)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" SOURCE_PATH OPTIONS)
    execute_process(COMMAND ${CMAKE_COMMAND} -S ${arg_SOURCE_PATH} -B ${BUILD} -DCMAKE_INSTALL_PREFIX=${WORK}
        -DBUILD_SHARED_LIBS=OFF -DAPPLIVERY_BUILD_EXAMPLES=OFF -DAPPLIVERY_INSTALL_MOCK_SERVER=OFF ${arg_OPTIONS}
        COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(vcpkg_cmake_install)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --target install --parallel 2
        COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()

function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" CONFIG_PATH "")
    file(RENAME ${WORK}/${arg_CONFIG_PATH} ${WORK}/share/applivery)
    set(targets ${WORK}/share/applivery/applivery-static-targets.cmake) # now one directory closer to the prefix
    file(READ ${targets} text)
    string(REPLACE "get_filename_component(_IMPORT_PREFIX \"\${CMAKE_CURRENT_LIST_FILE}\" PATH)\n"
        "get_filename_component(_IMPORT_PREFIX \"\${CMAKE_CURRENT_LIST_DIR}\" ABSOLUTE)\n" text "${text}")
    string(REPLACE "get_filename_component(_IMPORT_PREFIX \"\${_IMPORT_PREFIX}\" PATH)\nif" "if" text "${text}")
    file(WRITE ${targets} "${text}")
endfunction()

function(vcpkg_fixup_pkgconfig)
    if(NOT EXISTS ${WORK}/lib/pkgconfig/applivery.pc)
        message(SEND_ERROR "applivery.pc is not in lib/pkgconfig, where vcpkg expects it")
    endif()
endfunction()

function(vcpkg_copy_tools)
    cmake_parse_arguments(PARSE_ARGV 0 arg AUTO_CLEAN "" TOOL_NAMES)
    foreach(tool IN LISTS arg_TOOL_NAMES)
        execute_process(COMMAND ${WORK}/bin/${tool} --version COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    endforeach()
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "" FILE_LIST)
    file(INSTALL ${arg_FILE_LIST} DESTINATION ${WORK}/share/applivery RENAME copyright)
endfunction()

include(${PORT_DIR}/portfile.cmake)
