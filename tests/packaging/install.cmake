# cmake -DWORK=<directory> -DSOURCE=<repository> -DARGUMENTS=<options of cmake> -P install.cmake: builds the library
# without optimization, to save time, and installs it to WORK/prefix. With -DPROGRAM=<target>, does that for one program.
set(what "")
set(part "")
if(PROGRAM)
    set(what --target ${PROGRAM})
    set(part --component ${PROGRAM})
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -DAPPLIVERY_BUILD_TESTS=OFF
    -DAPPLIVERY_BUILD_EXAMPLES=OFF -DAPPLIVERY_BUILD_PROGRAM=OFF -DCMAKE_UNITY_BUILD=ON -DCMAKE_BUILD_TYPE=None
    -DCMAKE_INSTALL_PREFIX=${WORK}/prefix ${ARGUMENTS}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/build --parallel 2 ${what}
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${WORK}/build ${part} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
