# cmake -DSTEP=<step> -DBUILD=<build directory> -DWORK=<directory> -DSOURCE=<repository> -DVERSION=<of the project> -P
# debian.cmake: tests Debian's packages in WORK. Steps:
# - pack: creates them in a build directory of the shared library and the program
# - lintian: checks them
# - install, remove: installs them to the root directory WORK/root, and removes them
set(root ${WORK}/root)
set(dpkg dpkg --root=${root} --force-not-root --force-script-chrootless)
set(names libapplivery${VERSION} libapplivery-dev applivery-builds)

execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
set(files ${names})
list(TRANSFORM files PREPEND ${WORK}/debian/)
list(TRANSFORM files APPEND _${VERSION}_${architecture}.deb)

# expect(<file of a package> <field> <pattern>)
function(expect file field pattern)
    execute_process(COMMAND dpkg-deb -f ${file} ${field} OUTPUT_VARIABLE value OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
    if(NOT value MATCHES "^${pattern}$")
        message(SEND_ERROR "${file}: ${field} is ${value}")
    endif()
endfunction()

if(STEP STREQUAL "pack")
    file(REMOVE_RECURSE ${WORK}/debian)
    execute_process(COMMAND ${CMAKE_COMMAND} --preset debian -S ${SOURCE} -B ${BUILD} -DCMAKE_BUILD_TYPE=None
        -DCMAKE_INSTALL_INCLUDEDIR=include COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILD} --parallel 2 COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    execute_process(COMMAND ${CMAKE_CPACK_COMMAND} --config ${BUILD}/CPackConfig.cmake -B ${WORK}/debian
        COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    file(GLOB packed ${WORK}/debian/*.deb)
    list(SORT packed)
    list(SORT files)
    if(NOT packed STREQUAL files)
        message(FATAL_ERROR "cpack created ${packed} instead of ${files}")
    endif()

    set(exact "libapplivery${VERSION} \\(= ${VERSION}\\)")
    set(file ${WORK}/debian/%_${VERSION}_${architecture}.deb)
    string(REPLACE % libapplivery${VERSION} runtime ${file})
    string(REPLACE % libapplivery-dev development ${file})
    string(REPLACE % applivery-builds program ${file})
    expect(${runtime} Section libs)
    expect(${runtime} Depends ".*libcurl4 .*")
    expect(${development} Section libdevel)
    expect(${development} Depends ${exact}) # no headers of libcurl or nlohmann/json
    expect(${program} Section utils)
    expect(${program} Depends "${exact}, .*libfmt.*libutf8proc.*")
    execute_process(COMMAND dpkg-deb -I ${runtime} shlibs OUTPUT_VARIABLE shlibs COMMAND_ERROR_IS_FATAL ANY)
    if(NOT shlibs STREQUAL "libapplivery ${VERSION} libapplivery${VERSION} (>= ${VERSION})\n")
        message(SEND_ERROR "the file shlibs of the runtime package is ${shlibs}")
    endif()
elseif(STEP STREQUAL "lintian")
    execute_process(COMMAND lintian --allow-root --fail-on error,warning ${files} COMMAND_ERROR_IS_FATAL ANY)
elseif(STEP STREQUAL "install")
    file(REMOVE_RECURSE ${root})
    file(MAKE_DIRECTORY ${root}/var/lib/dpkg/info ${root}/var/lib/dpkg/updates ${root}/var/lib/dpkg/triggers)
    file(COPY /var/lib/dpkg/status DESTINATION ${root}/var/lib/dpkg) # the dependencies are installed on this machine
    execute_process(COMMAND ${dpkg} -i ${files} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET ERROR_VARIABLE said)
    foreach(file bash-completion/completions/applivery-builds fish/vendor_completions.d/applivery-builds.fish
            zsh/vendor-completions/_applivery-builds man/man1/applivery-builds.1.gz)
        if(NOT EXISTS ${root}/usr/share/${file})
            message(SEND_ERROR "the packages do not contain ${file}")
        endif()
    endforeach()
    file(GLOB_RECURSE file ${root}/usr/*/applivery.pc)
    file(STRINGS "${file}" prefix REGEX "^prefix=")
    if(NOT prefix STREQUAL "prefix=/usr")
        message(SEND_ERROR "applivery.pc contains ${prefix}")
    endif()
elseif(STEP STREQUAL "remove")
    execute_process(COMMAND ${dpkg} --purge ${names} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET ERROR_VARIABLE said)
    file(GLOB_RECURSE left ${root}/usr/*)
    if(left)
        message(FATAL_ERROR "removing the packages left ${left}")
    endif()
endif()
