# Debian's packages: libapplivery<SONAME's version>, libapplivery-dev, and applivery-builds where the program is built. Of a
# static library there is no runtime, and its users link what it needs. Configure with the preset `debian`, which says
# where Debian wants things and how it wants them compiled.
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
if(NOT CPACK_PACKAGE_CONTACT) # whoever hands the packages out names themselves
    set(CPACK_PACKAGE_CONTACT "the applivery-cpp authors <applivery-cpp@example.org>")
endif()

# Each package has its own; this one would become the first line of all.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(applivery_what_it_is "The service Applivery distributes mobile apps. This library lists the builds
of an app there, walks through all of them, and waits until one is processed.")

set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_NAME libapplivery-dev)
set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_APPLIVERY_DEVELOPMENT_DESCRIPTION
    "C++ library for builds of mobile apps on Applivery - development
${applivery_what_it_is}\n\nThis package has its headers, and what CMake and pkg-config ask for.")

set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_NAME applivery-builds)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_APPLIVERY_PROGRAM_DESCRIPTION "list, await and report builds of mobile apps on Applivery
The service Applivery distributes mobile apps. This program lists their builds,
as a table or for other programs, waits in a CI job until an upload is
processed, and writes reports.")

if(applivery_type STREQUAL "SHARED_LIBRARY")
    set(applivery_package libapplivery${applivery_soversion})
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_NAME ${applivery_package})
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_SECTION libs)
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_SHLIBDEPS ON)
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_DESCRIPTION
        "C++ library for builds of mobile apps on Applivery\n${applivery_what_it_is}")

    # A trigger runs ldconfig, not scripts, which cpack would make unless told of others: these are nowhere, and left out.
    set(applivery_control ${PROJECT_BINARY_DIR}/debian)
    file(WRITE ${applivery_control}/shlibs
        "libapplivery ${applivery_soversion} ${applivery_package} (>= ${PROJECT_VERSION})\n")
    file(WRITE ${applivery_control}/triggers "activate-noawait ldconfig\n")
    set(CPACK_DEBIAN_APPLIVERY_RUNTIME_PACKAGE_CONTROL_EXTRA ${applivery_control}/shlibs ${applivery_control}/triggers
        ${applivery_control}/nowhere/postinst ${applivery_control}/nowhere/postrm)

    # The others are of the version that was built together with it.
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
