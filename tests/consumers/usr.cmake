# cmake -DSOURCE=<repository> -DWORK=<folder> -P usr.cmake: in /usr, applivery.pc names its folders without detours.
file(REMOVE_RECURSE ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK} -DCMAKE_INSTALL_PREFIX=/usr
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
set(ENV{PKG_CONFIG_PATH} ${WORK})
execute_process(COMMAND pkg-config --variable=includedir applivery OUTPUT_VARIABLE folder
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT folder STREQUAL "/usr/include")
    message(FATAL_ERROR "includedir is ${folder}")
endif()
