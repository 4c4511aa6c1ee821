# `cmake --install`: headers, library, CMake package and pkg-config file. One prefix can hold the static and the shared
# library. The component applivery_runtime is what programs need to run; applivery_development is the rest.
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
if(NOT PROJECT_IS_TOP_LEVEL) # CMAKE_INSTALL_DOCDIR holds the parent's own LICENSE
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
# A program that links the static library also links libcurl. The shared library uses Libs.private: with
# Requires.private, pkg-config would need libcurl.pc even for --cflags.
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

# The prefix is relative to the file, because `cmake --install --prefix` and moving the directory change it. The cases
# that need an absolute prefix are in set_pkg_config_prefix.cmake, which edits the installed file.
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
