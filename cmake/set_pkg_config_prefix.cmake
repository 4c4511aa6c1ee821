# Run by `cmake --install` after applivery.pc is copied. Writes an absolute prefix into the file in two cases:
# - The library directory is absolute, so that the file may be outside the prefix.
# - The prefix is the system's own. pkg-config compares names of directories to leave out those that the compiler
#   searches anyway. cpack installs below a temporary directory, which is cut off.
set(applivery_prefix "")
if(IS_ABSOLUTE "${applivery_libdir}" OR CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?$")
    set(applivery_prefix "${CMAKE_INSTALL_PREFIX}")
elseif(CMAKE_INSTALL_PREFIX MATCHES "/_CPack_Packages/.*(/usr(/local)?)$")
    set(applivery_prefix "${CMAKE_MATCH_1}")
endif()

if(applivery_prefix)
    if(NOT IS_ABSOLUTE "${applivery_libdir}")
        set(applivery_libdir "${CMAKE_INSTALL_PREFIX}/${applivery_libdir}")
    endif()
    set(applivery_pc "$ENV{DESTDIR}${applivery_libdir}/pkgconfig/applivery.pc")
    file(READ "${applivery_pc}" applivery_text)
    string(REGEX REPLACE "^prefix=[^\n]*" "prefix=${applivery_prefix}" applivery_text "${applivery_text}")
    file(WRITE "${applivery_pc}" "${applivery_text}")
endif()
