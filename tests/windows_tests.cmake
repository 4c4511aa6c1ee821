# Unit tests of the library for Windows. Sources that include a header of the mock server are excluded, because the mock
# server needs POSIX. The tests of the program run on a POSIX system. If APPLIVERY_TESTED_PROGRAM names the program for
# Windows, they start that program.
file(GLOB test_sources CONFIGURE_DEPENDS unit/*_test.cpp)
foreach(source IN LISTS test_sources)
    file(STRINGS ${source} includes REGEX "^#include \"mock_server/")
    if(NOT includes)
        list(APPEND portable_sources ${source})
    endif()
endforeach()
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
add_executable(applivery_tests ${portable_sources})
target_include_directories(applivery_tests PRIVATE ${PROJECT_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(applivery_tests PRIVATE APPLIVERY_TEST_SAMPLES_DIR="${CMAKE_CURRENT_SOURCE_DIR}/unit/samples")
target_link_libraries(applivery_tests PRIVATE applivery_modules GTest::gtest GTest::gmock GTest::gtest_main CURL::libcurl)
applivery_enable_warnings(applivery_tests)
add_test(NAME applivery_tests COMMAND applivery_tests --gtest_brief=1)
