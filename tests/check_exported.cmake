# cmake -P tests/check_exported.cmake: checks each public header. APPLIVERY_WARNINGS_PUSH and APPLIVERY_WARNINGS_POP must
# each occur once, after the includes, and enclose all exported classes. Then the macros affect no other header.
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
        message(SEND_ERROR "${file}: APPLIVERY_WARNINGS_PUSH and APPLIVERY_WARNINGS_POP must enclose the exported classes: ${order}")
    endif()
endforeach()
