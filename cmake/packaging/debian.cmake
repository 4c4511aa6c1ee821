# Debian packages: libapplivery<version of the SONAME>, libapplivery-dev, and applivery-builds if the program is built. A
# static library has no runtime package, and its development package depends on libcurl. Configure with the preset
# `debian`, which sets the directories and compiler flags that Debian requires.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
if(NOT CPACK_PACKAGE_CONTACT) # distributors set their own
    set(CPACK_PACKAGE_CONTACT "the applivery-cpp authors <applivery-cpp@example.org>")
endif()

# Each package has its own summary. This variable would replace the first line of all of them.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(applivery_description "The service Applivery distributes mobile apps. This library lists the builds
of an app, page by page or all of them, and waits until a build is processed.")

set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_NAME libapplivery-dev)
set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_DESCRIPTION
    "C++ library for builds of mobile apps on Applivery - development
${applivery_description}\n\nThis package contains the headers, the CMake package and the pkg-config file.")

set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_NAME applivery-builds)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_DESCRIPTION "list, wait for and report builds of mobile apps on Applivery
The service Applivery distributes mobile apps. This program lists their builds,
as a table or for other programs, waits in a CI job until an upload is
processed, and writes reports.")

if(applivery_type STREQUAL "SHARED_LIBRARY")
    set(applivery_package libapplivery${applivery_soversion})
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_NAME ${applivery_package})
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_SECTION libs)
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_DESCRIPTION
        "C++ library for builds of mobile apps on Applivery\n${applivery_description}")

    # A trigger runs ldconfig. cpack would also create maintainer scripts, unless it is given others. Files that do not
    # exist are left out.
    set(applivery_control ${PROJECT_BINARY_DIR}/debian)
    file(WRITE ${applivery_control}/shlibs
        "libapplivery ${applivery_soversion} ${applivery_package} (>= ${PROJECT_VERSION})\n")
    file(WRITE ${applivery_control}/triggers "activate-noawait ldconfig\n")
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_CONTROL_EXTRA ${applivery_control}/shlibs ${applivery_control}/triggers
        ${applivery_control}/absent/postinst ${applivery_control}/absent/postrm)

    # The other packages depend on the runtime package of exactly the same version.
    set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})
    set(CPACK_COMPONENT_APPLIVERY_DEVELOPMENT_DEPENDS applivery_runtime)
    set(CPACK_COMPONENT_APPLIVERY_PROGRAM_DEPENDS applivery_runtime)
else()
    set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_DEPENDS "libcurl4-openssl-dev | libcurl-dev")
    if(APPLIVERY_SIMDJSON)
        string(APPEND CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_DEPENDS ", libsimdjson-dev")
    endif()
endif()

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian_files.cmake)
