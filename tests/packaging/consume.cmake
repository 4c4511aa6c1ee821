# cmake -DCONSUMER=<folder> -DWORK=<build folder> -P consume.cmake: configures, builds and runs a consumer. Passes
# ARGUMENTS to the configuration and WARNINGS to the compiler. Sets PKG_CONFIG_PATH if given. Installs to WORK/prefix
# and checks that the file INSTALLS exists below.
if(PKG_CONFIG_PATH)
    set(ENV{PKG_CONFIG_PATH} ${PKG_CONFIG_PATH})
    file(GLOB_RECURSE pc ${PKG_CONFIG_PATH}/applivery.pc)
    list(GET pc 0 pc)
    get_filename_component(pc ${pc} DIRECTORY)
    set(ENV{PKG_CONFIG_PATH} ${pc})
    get_filename_component(library ${pc} DIRECTORY)
    set(ENV{LD_LIBRARY_PATH} ${library})
endif()
set(warnings "-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror ${WARNINGS}")
execute_process(COMMAND ${CMAKE_COMMAND} -E rm -rf ${WORK})
execute_process(COMMAND ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/${CONSUMER} -B ${WORK} ${ARGUMENTS}
    -DCMAKE_CXX_FLAGS=${warnings} -DCMAKE_UNITY_BUILD=ON COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK} --parallel 2 COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
execute_process(COMMAND ${WORK}/consumer COMMAND_ERROR_IS_FATAL ANY)
if(INSTALLS)
    execute_process(COMMAND ${CMAKE_COMMAND} --install ${WORK} --prefix ${WORK}/prefix COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
    if(NOT EXISTS ${WORK}/prefix/${INSTALLS})
        message(FATAL_ERROR "${INSTALLS} was not installed")
    endif()
endif()
