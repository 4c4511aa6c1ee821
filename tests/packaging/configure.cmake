# cmake -DWORK=<build directory> -P configure.cmake -- <arguments...>: configures as if for the first time, but keeps
# fetched sources and their fakes. `cmake --fresh` needs CMake 3.24.
file(REMOVE_RECURSE ${WORK}/CMakeCache.txt ${WORK}/CMakeFiles)

set(arguments "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE 5 ${last}) # after cmake, -D, -P, the script and --
    string(REPLACE ";" "\\;" argument "${CMAKE_ARGV${index}}")
    list(APPEND arguments "${argument}")
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -B ${WORK} ${arguments} COMMAND_ERROR_IS_FATAL ANY)
