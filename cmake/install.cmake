# `cmake --install`: headers, library, package config and pkg-config file. Static and shared may share a prefix; what runs
# (component applivery_runtime) can be installed without what is built against (applivery_development).
include(CMakePackageConfigHelpers)

set(applivery_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/applivery)
set(applivery_is_static ON)
set(applivery_kind static)
if(applivery_type STREQUAL "SHARED_LIBRARY")
    set(applivery_is_static OFF)
    set(applivery_kind shared)
endif()

install(TARGETS applivery EXPORT applivery-targets
    RUNTIME COMPONENT applivery_runtime
    LIBRARY COMPONENT applivery_runtime NAMELINK_COMPONENT applivery_development
    ARCHIVE COMPONENT applivery_development)
set(applivery_doc_dir ${CMAKE_INSTALL_DOCDIR})
if(NOT PROJECT_IS_TOP_LEVEL) # there it is the parent's, whose LICENSE is another
    set(applivery_doc_dir ${CMAKE_INSTALL_DATAROOTDIR}/doc/applivery)
endif()
install(FILES LICENSE DESTINATION ${applivery_doc_dir} COMPONENT applivery_runtime)
install(DIRECTORY include/applivery ${applivery_generated}/applivery DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    COMPONENT applivery_development)
install(EXPORT applivery-targets NAMESPACE applivery:: DESTINATION ${applivery_package_dir}
    FILE applivery-${applivery_kind}-targets.cmake COMPONENT applivery_development)

configure_file(cmake/applivery-config.cmake.in applivery-config.cmake @ONLY)
configure_file(cmake/applivery-needs.cmake.in applivery-${applivery_kind}-needs.cmake @ONLY)
configure_file(cmake/applivery-config-version.cmake.in applivery-config-version.cmake @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/applivery-config.cmake ${PROJECT_BINARY_DIR}/applivery-config-version.cmake
    ${PROJECT_BINARY_DIR}/applivery-${applivery_kind}-needs.cmake
    DESTINATION ${applivery_package_dir} COMPONENT applivery_development)

# ---- pkg-config ----

set(applivery_pc_cflags "")
if(WIN32 AND applivery_is_static)
    set(applivery_pc_cflags "-DAPPLIVERY_STATIC")
endif()
# A program that links the archive links libcurl itself, most often shared. Of the shared library pkg-config must not want
# libcurl.pc, as Requires.private would make it, also where only the headers are asked for.
set(applivery_pc_needs "Libs.private: -lcurl")
set(applivery_pc_dl "")
if(applivery_is_static)
    set(applivery_pc_needs "Requires: libcurl")
    if(APPLIVERY_SIMDJSON)
        string(APPEND applivery_pc_needs ", simdjson")
    endif()
    if(CMAKE_DL_LIBS)
        set(applivery_pc_dl " -l${CMAKE_DL_LIBS}")
    endif()
endif()

# `cmake --install --prefix` and a move change the prefix, so that the file finds it from where it is itself. What this
# cannot say right, set_pkg_config_prefix.cmake writes into the installed file.
set(applivery_pc_prefix "\${pcfiledir}")
if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_LIBDIR})
    file(RELATIVE_PATH applivery_pc_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
    string(REGEX REPLACE "/$" "" applivery_pc_up ${applivery_pc_up})
    string(APPEND applivery_pc_prefix "/${applivery_pc_up}")
endif()
foreach(folder LIBDIR INCLUDEDIR)
    set(applivery_pc_${folder} ${CMAKE_INSTALL_${folder}})
    if(NOT IS_ABSOLUTE ${CMAKE_INSTALL_${folder}})
        set(applivery_pc_${folder} "\${prefix}/${CMAKE_INSTALL_${folder}}")
    endif()
endforeach()
configure_file(cmake/applivery.pc.in applivery.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/applivery.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT applivery_development)
install(CODE "set(applivery_libdir [[${CMAKE_INSTALL_LIBDIR}]])" COMPONENT applivery_development)
install(SCRIPT cmake/set_pkg_config_prefix.cmake COMPONENT applivery_development)
