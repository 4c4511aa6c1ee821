# cmake -P cmake/release.cmake: makes the archives of a release in build/archives, with checksums and a bill of
# materials for each. `-DTARGETS="linux-x86_64;macos"`, before -P, selects some of them. Installs missing packages. Needs
# Debian on x86_64. The Zig compiler, which npm installs below build, compiles for Linux and macOS, and mingw-w64 for
# Windows. All files have the time of the commit. Sources, compiler and libraries stay in build/cross for the next run.
include(${CMAKE_CURRENT_LIST_DIR}/setup.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/release/sources.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/release/targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/release/archive.cmake)

if(NOT TARGETS)
    set(TARGETS linux-arm64 linux-x86_64 macos windows-x86_64)
endif()
set(cross ${applivery_root}/build/cross)
set(archives ${applivery_root}/build/archives)
applivery_install_missing(${applivery_release_packages})
applivery_unpack_sources(${cross}/sources)

# The time of the commit is the time of all files, and of the libraries' builds.
execute_process(COMMAND git log -1 --format=%ct WORKING_DIRECTORY ${applivery_root}
    OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "applivery: reading the time of the commit failed. Run this command in a clone of the repository.")
endif()
set(ENV{SOURCE_DATE_EPOCH} ${epoch})
set(ENV{TZ} UTC)
set(ENV{LC_ALL} C)

# The program of this machine generates the man page and the completions, which the archive for Windows does not contain.
set(built ${TARGETS})
if(TARGETS MATCHES "linux|macos")
    applivery_install_zig(${cross}/zig)
    list(PREPEND built linux-x86_64)
    list(REMOVE_DUPLICATES built)
endif()
foreach(target IN LISTS built)
    if(target STREQUAL "macos")
        applivery_build_target(macos-arm64)
        applivery_build_target(macos-x86_64)
        applivery_merge(macos macos-arm64 macos-x86_64)
    else()
        applivery_build_target(${target})
    endif()
endforeach()
file(REMOVE_RECURSE ${archives})
foreach(target IN LISTS TARGETS)
    applivery_archive(${target} ${cross}/linux-x86_64/installed/bin/applivery-builds)
endforeach()
applivery_write_checksums(${archives})
