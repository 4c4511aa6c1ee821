# cmake -DINSTALLATIONS=<directory> -DWORK=<directory> -P pkg_config_file.cmake: installs the builds in
# INSTALLATIONS/static and INSTALLATIONS/absolute to other prefixes. Checks that each applivery.pc contains the directories
# of its own installation.
file(REMOVE_RECURSE ${WORK})

# install(<kind> <prefix> <DESTDIR>): installs a build, and sets PKG_CONFIG_PATH to the directory of applivery.pc.
function(install kind prefix root)
    set(ENV{DESTDIR} ${root})
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${INSTALLATIONS}/${kind}/build --prefix ${prefix}
        COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    unset(ENV{DESTDIR})
    file(GLOB_RECURSE files ${WORK}/*/applivery.pc)
    list(LENGTH files count)
    if(NOT count EQUAL 1)
        message(FATAL_ERROR "${count} files were installed: ${files}")
    endif()
    get_filename_component(folder ${files} DIRECTORY)
    set(ENV{PKG_CONFIG_PATH} ${folder})
endfunction()

# expect(<options of pkg-config> <expected output>)
function(expect options expected)
    execute_process(COMMAND pkg-config ${options} applivery OUTPUT_VARIABLE printed OUTPUT_STRIP_TRAILING_WHITESPACE
        COMMAND_ERROR_IS_FATAL ANY)
    if(options MATCHES "dir$")
        file(REAL_PATH "${printed}" printed)
    endif()
    if(NOT printed STREQUAL expected)
        message(SEND_ERROR "${options}: \"${printed}\" instead of \"${expected}\", from $ENV{PKG_CONFIG_PATH}")
    endif()
endfunction()

# A prefix that differs from the configured one. Then the installation is moved.
install(static ${WORK}/prefix "")
expect(--variable=includedir ${WORK}/prefix/include)
expect(--variable=libdir ${WORK}/prefix/lib)
file(RENAME ${WORK}/prefix ${WORK}/moved)
set(ENV{PKG_CONFIG_PATH} ${WORK}/moved/lib/pkgconfig)
expect(--variable=includedir ${WORK}/moved/include)
file(REMOVE_RECURSE ${WORK}/moved)

# With DESTDIR, the prefix is below another root directory.
install(static /opt/applivery ${WORK}/root)
expect(--variable=includedir ${WORK}/root/opt/applivery/include)
file(REMOVE_RECURSE ${WORK}/root)

# The system's own prefix is absolute, so that pkg-config leaves out directories that the compiler searches anyway.
install(static /usr ${WORK}/root)
expect(--variable=prefix /usr)
file(REMOVE_RECURSE ${WORK}/root)

# An absolute library directory does not move with the prefix.
install(absolute /opt/applivery ${WORK}/root)
expect(--variable=prefix /opt/applivery)
expect(--variable=libdir ${INSTALLATIONS}/absolute/prefix/libraries)
