# cmake -P cmake/test.cmake: installs missing packages, and builds and runs the tests of the library, of the mock server
# and of the program. `cmake -DALL=ON -P cmake/test.cmake` adds tests that take long or need many more tools.
include(${CMAKE_CURRENT_LIST_DIR}/setup.cmake)

set(all OFF)
if(ALL)
    set(all ON)
    list(APPEND applivery_test_packages ${applivery_all_test_packages})
    list(APPEND applivery_test_daemons ${applivery_all_test_daemons})
endif()
applivery_install_missing(${applivery_demo_packages} ${applivery_test_packages})
applivery_unpack_missing(${applivery_test_daemons})
applivery_build(test applivery_test_programs -DAPPLIVERY_ALL_TESTS=${all} -DAPPLIVERY_BUILD_BENCHMARKS=${all})

# More processes than there are cores, because many tests wait.
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR jobs "2 * ${cores} + 2")
execute_process(
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${applivery_root}/build/test --output-on-failure --parallel ${jobs}
    RESULT_VARIABLE code)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "applivery: tests failed. Their names are above.")
endif()
