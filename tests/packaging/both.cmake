# cmake -DWORK=<directory of the installations> -P both.cmake: installs the static and the shared library to the prefix
# WORK/both, and the runtime component of the shared library to WORK/runtime.
file(REMOVE_RECURSE ${WORK}/both ${WORK}/runtime)
foreach(kind static shared static)
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${WORK}/${kind}/build --prefix ${WORK}/both
        COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} --install ${WORK}/shared/build --prefix ${WORK}/runtime
    --component applivery_runtime COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
file(GLOB_RECURSE files RELATIVE ${WORK}/runtime ${WORK}/runtime/*)
foreach(file IN LISTS files)
    if(NOT file MATCHES "libapplivery\\.so\\.|/LICENSE$")
        message(FATAL_ERROR "the runtime component contains ${file}")
    endif()
endforeach()
