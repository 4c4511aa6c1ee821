# cmake -DCONSUMER=<directory> -DWORK=<build directory> -P consume.cmake: configures, builds and runs one consumer.
# Optional definitions:
# - ARGUMENTS: options for its configuration
# - WARNINGS: options for its compiler
# - PKG_CONFIG_PATH: a directory that contains applivery.pc, at any depth
# - INSTALLS: a file that its installation in WORK/prefix must contain
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
        message(FATAL_ERROR "the installation does not contain ${INSTALLS}")
    endif()
endif()
