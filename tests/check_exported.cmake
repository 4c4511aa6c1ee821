# cmake -P tests/check_exported.cmake: checks that exported classes of a public header are between one
# APPLIVERY_WARNINGS_PUSH and one APPLIVERY_WARNINGS_POP after its includes. Otherwise warnings stay disabled in other
# headers.
get_filename_component(headers ${CMAKE_CURRENT_LIST_DIR}/../include ABSOLUTE)

file(GLOB_RECURSE files RELATIVE ${headers} ${headers}/*.hpp)
list(REMOVE_ITEM files applivery/export.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${headers}/${file} marks REGEX "^( *class APPLIVERY_API|#include|APPLIVERY_WARNINGS_)")
    string(REGEX REPLACE "#include[^;]*;?" "i" order "${marks}")
    string(REGEX REPLACE " *class APPLIVERY_API[^;]*;?" "c" order "${order}")
    string(REGEX REPLACE "APPLIVERY_WARNINGS_PUSH;?" "<" order "${order}")
    string(REGEX REPLACE "APPLIVERY_WARNINGS_POP;?" ">" order "${order}")
    if(NOT order MATCHES "^i*(<c+>)?$")
        message(SEND_ERROR "${file}: exported classes are not between one APPLIVERY_WARNINGS_PUSH and one APPLIVERY_WARNINGS_POP: ${order}")
    endif()
endforeach()
