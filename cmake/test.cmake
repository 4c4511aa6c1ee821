# cmake -P cmake/test.cmake: sets up what is missing, builds, and runs the whole test suite.
include(${CMAKE_CURRENT_LIST_DIR}/setup.cmake)

applivery_install_missing(${applivery_test_packages})
applivery_build(test dev)

cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
execute_process(
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${applivery_root}/build/test --output-on-failure --parallel ${cores}
    RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "applivery: some tests failed; they are named above.")
endif()
