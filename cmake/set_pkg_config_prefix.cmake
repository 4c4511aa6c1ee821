# Run by `cmake --install` after applivery.pc was copied. Two kinds of prefix are written into the file:
# - that of an absolute library directory, which does not contain the file;
# - the system's own, because pkg-config compares directories by name to leave out those that the compiler searches
#   anyway. cpack installs below a directory of its own.
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
