# `cmake --install`: headers, library, package config and pkg-config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(applivery_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/applivery)
if(applivery_type STREQUAL "SHARED_LIBRARY")
    set(applivery_pc_cflags "")
    set(applivery_pc_requires "Requires.private")
    set(applivery_is_static OFF)
else()
    set(applivery_pc_cflags "-DAPPLIVERY_STATIC")
    set(applivery_pc_requires "Requires") # a program that links the archive links libcurl itself, most often shared
    set(applivery_is_static ON)
endif()

set(applivery_pc_simdjson "")
if(APPLIVERY_SIMDJSON)
    set(applivery_pc_simdjson ", simdjson")
endif()

install(TARGETS applivery EXPORT applivery-targets)
install(DIRECTORY include/applivery ${PROJECT_BINARY_DIR}/include/applivery DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT applivery-targets NAMESPACE applivery:: DESTINATION ${applivery_package_dir})

configure_package_config_file(cmake/applivery-config.cmake.in applivery-config.cmake
    INSTALL_DESTINATION ${applivery_package_dir})
write_basic_package_version_file(applivery-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/applivery-config.cmake ${PROJECT_BINARY_DIR}/applivery-config-version.cmake
    DESTINATION ${applivery_package_dir})

file(RELATIVE_PATH applivery_pc_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/applivery.pc.in applivery.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/applivery.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
