# cmake -DBUILD=<build directory> -DWORK=<directory> -DSOURCE=<repository> -DVERSION=<of the project>
# -DCOMPILER=<C++ compiler> -P source_archive.cmake: creates the archive of the sources and unpacks it in WORK. Builds the
# library and the static program from it, as one unit, in WORK/build. Fails if the build runs git.
set(unpacked ${WORK}/applivery-${VERSION})
file(REMOVE_RECURSE ${unpacked} ${WORK}/no_git)
execute_process(COMMAND ${CMAKE_CPACK_COMMAND} --config ${BUILD}/CPackSourceConfig.cmake -B ${WORK}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
file(ARCHIVE_EXTRACT INPUT ${WORK}/applivery-${VERSION}.tar.gz DESTINATION ${WORK})

find_program(git git)
if(git AND EXISTS ${SOURCE}/.git)
    execute_process(COMMAND ${git} -C ${SOURCE} ls-files OUTPUT_VARIABLE tracked COMMAND_ERROR_IS_FATAL ANY)
    string(REPLACE "\n" ";" tracked "${tracked}")
    foreach(file IN LISTS tracked)
        if(EXISTS ${SOURCE}/${file} AND NOT EXISTS ${unpacked}/${file})
            message(SEND_ERROR "the archive does not contain ${file}")
        endif()
    endforeach()
endif()

# Unrelated files and an in-source build do not change the archive.
set(littered ${WORK}/littered/applivery-${VERSION})
file(REMOVE_RECURSE ${WORK}/littered)
file(ARCHIVE_EXTRACT INPUT ${WORK}/applivery-${VERSION}.tar.gz DESTINATION ${WORK}/littered)
foreach(stray token.txt build-other/CMakeCache.txt build/stray .git/config src/__pycache__/stray.pyc)
    file(WRITE ${littered}/${stray} "secret\n")
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -S ${littered} -B ${littered} -DAPPLIVERY_BUILD_PROGRAM=ON
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_CPACK_COMMAND} --config ${littered}/CPackSourceConfig.cmake -B ${WORK}/littered
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
file(ARCHIVE_EXTRACT INPUT ${WORK}/littered/applivery-${VERSION}.tar.gz DESTINATION ${WORK}/littered/unpacked)
file(GLOB_RECURSE files RELATIVE ${unpacked} ${unpacked}/*)
file(GLOB_RECURSE files_of_littered RELATIVE ${WORK}/littered/unpacked/applivery-${VERSION}
    ${WORK}/littered/unpacked/applivery-${VERSION}/*)
if(NOT files STREQUAL files_of_littered)
    list(REMOVE_ITEM files_of_littered ${files})
    message(SEND_ERROR "the archive of a directory with unrelated files differs, or also contains ${files_of_littered}")
endif()
file(REMOVE_RECURSE ${WORK}/littered)

file(WRITE ${WORK}/no_git/git "#!/bin/sh\ntouch ${WORK}/no_git/was_run\nexit 1\n")
file(CHMOD ${WORK}/no_git/git PERMISSIONS OWNER_READ OWNER_EXECUTE)
set(ENV{PATH} ${WORK}/no_git:$ENV{PATH})
execute_process(COMMAND ${CMAKE_COMMAND} --preset static -S ${unpacked} -B ${WORK}/build -DCMAKE_BUILD_TYPE=None
    -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_INSTALL_PREFIX=${WORK}/prefix -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=0 COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build --parallel 2 COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
if(EXISTS ${WORK}/no_git/was_run)
    message(FATAL_ERROR "the build ran git")
endif()
