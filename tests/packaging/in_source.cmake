# cmake -DSOURCE=<repository> -DWORK=<directory> -P in_source.cmake: configures a copy of the sources in the copy itself.
file(REMOVE_RECURSE ${WORK})
foreach(entry CMakeLists.txt LICENSE cmake include src)
    file(COPY ${SOURCE}/${entry} DESTINATION ${WORK})
endforeach()
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK} -B ${WORK} -DBUILD_SHARED_LIBS=ON COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
if(EXISTS ${WORK}/include/applivery/version.hpp)
    message(FATAL_ERROR "the configuration wrote version.hpp to include/")
endif()
