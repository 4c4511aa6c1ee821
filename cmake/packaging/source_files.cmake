# Run by cpack before it packs an archive of the sources. Copies the repository's files by name, because a directory of
# sources may also hold private or generated files.
if(NOT CPACK_PACKAGE_FILE_NAME STREQUAL CPACK_SOURCE_PACKAGE_FILE_NAME)
    return()
endif()
get_filename_component(applivery_root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)

set(applivery_parts .ci .clang-format .clang-tidy .editorconfig .gitattributes .github .gitignore CMakeLists.txt
    CMakePresets.json LICENSE README.md cmake examples include src tests)
list(TRANSFORM applivery_parts PREPEND ${applivery_root}/)
file(COPY ${applivery_parts} DESTINATION ${CMAKE_CURRENT_BINARY_DIR}
    REGEX "/(CMakeFiles|Makefile|cmake_install\\.cmake|CTestTestfile\\.cmake|__pycache__)$" EXCLUDE) # of in-source builds
