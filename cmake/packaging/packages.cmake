# Packages that cpack creates from a build: an archive of the installed files, Debian packages (-G DEB), and an archive of
# the sources (--config CPackSourceConfig.cmake), which needs no git.
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

# A script copies the files of the source archive, because cpack itself would copy everything that is not excluded.
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_SOURCE_PACKAGE_FILE_NAME applivery-${PROJECT_VERSION})
set(CPACK_SOURCE_INSTALLED_DIRECTORIES "")
set(CPACK_INSTALL_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/source_files.cmake)

include(${CMAKE_CURRENT_LIST_DIR}/debian.cmake)
include(CPack)
