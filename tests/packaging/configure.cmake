# cmake -DWORK=<build folder> -P configure.cmake -- <arguments...>: configures as if for the first time, which `--fresh`
# does only from CMake 3.24 on. What was fetched, or stands in for it, is kept.
file(REMOVE_RECURSE ${WORK}/CMakeCache.txt ${WORK}/CMakeFiles)

set(arguments "")
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE 5 ${last}) # behind cmake, -D, -P, the script and --
    string(REPLACE ";" "\\;" argument "${CMAKE_ARGV${index}}")
    list(APPEND arguments "${argument}")
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -B ${WORK} ${arguments} COMMAND_ERROR_IS_FATAL ANY)
