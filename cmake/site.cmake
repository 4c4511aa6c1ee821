# Adds the target applivery_site if Doxygen is installed. It writes the documentation as HTML to site/ in the build.
find_package(Doxygen 1.9.4 QUIET)
if(NOT DOXYGEN_FOUND)
    return()
endif()

# The optional theme is a style sheet, which Debian packages.
find_file(APPLIVERY_SITE_THEME doxygen-awesome.css PATH_SUFFIXES share/doxygen-awesome-css doxygen-awesome-css)
mark_as_advanced(APPLIVERY_SITE_THEME)
set(applivery_site_styles "")
if(APPLIVERY_SITE_THEME)
    set(applivery_site_styles ${APPLIVERY_SITE_THEME})
endif()

set(applivery_site_dir ${PROJECT_BINARY_DIR}/site)
configure_file(${CMAKE_CURRENT_LIST_DIR}/site/Doxyfile.in Doxyfile @ONLY)
file(MAKE_DIRECTORY ${applivery_site_dir})
add_custom_target(applivery_site COMMAND Doxygen::doxygen ${PROJECT_BINARY_DIR}/Doxyfile VERBATIM)
