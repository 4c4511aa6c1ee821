# Run by cpack before it packs the installed files. Moves and compresses documents as Debian's policy requires.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
    return()
endif()
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)

function(applivery_compress file)
    execute_process(COMMAND gzip -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} name)
    set(package ${CPACK_DEBIAN_${name}_PACKAGE_NAME})
    set(share ${CPACK_TEMPORARY_DIRECTORY}/${component}${CPACK_PACKAGING_INSTALL_PREFIX}/share)

    file(REMOVE_RECURSE ${share}/doc)
    file(MAKE_DIRECTORY ${share}/doc/${package})
    configure_file(${CPACK_RESOURCE_FILE_LICENSE} ${share}/doc/${package}/copyright COPYONLY)
    file(WRITE ${share}/doc/${package}/changelog
        "applivery (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
        "  * Packed from the sources. Their guide has the list of changes.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
    applivery_compress(${share}/doc/${package}/changelog)

    file(GLOB pages ${share}/man/man1/*.1)
    foreach(page IN LISTS pages)
        applivery_compress(${page})
    endforeach()
    if(EXISTS ${share}/zsh/site-functions) # Debian's zsh searches another directory
        file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
    endif()
endforeach()
