# cmake -DSOURCE=<repository> -DWORK=<folder> -P in_source.cmake: builds inside a copy of the sources.
file(REMOVE_RECURSE ${WORK})
foreach(entry CMakeLists.txt LICENSE cmake include src)
    file(COPY ${SOURCE}/${entry} DESTINATION ${WORK})
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK} -B ${WORK} -DBUILD_SHARED_LIBS=ON COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
if(EXISTS ${WORK}/include/applivery/version.hpp)
    message(FATAL_ERROR "version.hpp was generated in the source tree")
endif()
