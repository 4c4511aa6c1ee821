# What cpack makes of a build folder: an archive of what is installed, Debian's packages (-G DEB) and, with
# --config CPackSourceConfig.cmake, an archive of the sources, which needs no git.
set(CPACK_PACKAGE_NAME applivery)
set(CPACK_PACKAGE_VENDOR "the applivery-cpp authors")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
if(NOT DEFINED CPACK_GENERATOR)
    set(CPACK_GENERATOR TGZ)
endif()

set(CPACK_COMPONENTS_ALL applivery_development)
if(applivery_type STREQUAL "SHARED_LIBRARY")
    list(APPEND CPACK_COMPONENTS_ALL applivery_runtime)
endif()
if(APPLIVERY_BUILD_PROGRAM)
    list(APPEND CPACK_COMPONENTS_ALL applivery_program)
endif()

# A script copies what the archive of the sources has: cpack itself would copy all that is not told to be ignored.
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME applivery-${PROJECT_VERSION})
set(CPACK_SOURCE_INSTALLED_DIRECTORIES "")
set(CPACK_INSTALL_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/source_files.cmake)

include(${CMAKE_CURRENT_LIST_DIR}/debian.cmake)
include(CPack)
