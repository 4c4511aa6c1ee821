# cmake -DWORK=<build folder> -P configure.cmake -- <arguments...>: configures without an old cache, as `--fresh` of
# CMake 3.24 does. Keeps fetched dependencies and their replacements.
file(REMOVE_RECURSE ${WORK}/CMakeCache.txt ${WORK}/CMakeFiles)

set(arguments "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE 5 ${last}) # behind cmake, -D, -P, the script and --
    string(REPLACE ";" "\\;" argument "${CMAKE_ARGV${index}}")
    list(APPEND arguments "${argument}")
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -B ${WORK} ${arguments} COMMAND_ERROR_IS_FATAL ANY)
