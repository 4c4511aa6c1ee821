# Tests that are registered only with APPLIVERY_ALL_TESTS.

# Compiles the users of libcurl with only the names of 7.68, the oldest supported version.
file(GLOB curl_users CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/library/core/url.cpp ${PROJECT_SOURCE_DIR}/src/library/http/*.cpp)
applivery_add_source_check(libcurl_7_68 ${CMAKE_CXX_COMPILER} -std=c++17 -fsyntax-only -Wall -Wextra -Wconversion -Werror
    -include ${CMAKE_CURRENT_SOURCE_DIR}/support/libcurl_7_68.hpp -DAPPLIVERY_STATIC -I${PROJECT_SOURCE_DIR}/include
    -I${PROJECT_SOURCE_DIR}/src/library -I${applivery_generated} ${curl_users})

# Compilers and standard libraries implement coroutines differently.
foreach(library libstdc++ libc++)
    applivery_add_tool_test(coroutine.clang.${library} clang clang++ -std=c++20 -stdlib=${library} -Wall -Wextra
        -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only -DAPPLIVERY_STATIC -I${PROJECT_SOURCE_DIR}/include
        -I${applivery_generated} -I${CMAKE_CURRENT_SOURCE_DIR} -I${PROJECT_SOURCE_DIR}/src ${CMAKE_CURRENT_SOURCE_DIR}/cxx20/coroutine_test.cpp)
    set_tests_properties(coroutine.clang.${library} PROPERTIES LABELS sources)
endforeach()

# The decoder's tests with simdjson. The program's own object of parse.cpp replaces the one in the library.
applivery_require(simdjson "simdjson 3.0 or newer" libsimdjson-dev)
add_executable(applivery_simdjson_tests simdjson/parsers_agree_test.cpp unit/response_decoder_test.cpp
    unit/response_redaction_test.cpp unit/json_schema_test.cpp unit/published_build_test.cpp unit/build_json_test.cpp
    unit/build_fields_test.cpp unit/unknown_fields_test.cpp
    ${PROJECT_SOURCE_DIR}/src/library/json/parse.cpp
    ${PROJECT_SOURCE_DIR}/src/library/json/simdjson_parser.cpp)
target_compile_definitions(applivery_simdjson_tests PRIVATE APPLIVERY_SIMDJSON
    APPLIVERY_TEST_SAMPLES_DIR="${CMAKE_CURRENT_SOURCE_DIR}/unit/samples")
target_link_libraries(applivery_simdjson_tests PRIVATE applivery_modules applivery_mock_server simdjson::simdjson
    GTest::gtest GTest::gmock GTest::gtest_main)
applivery_enable_warnings(applivery_simdjson_tests)
applivery_add_tests(applivery_simdjson_tests)

add_subdirectory(packaging)
if(APPLIVERY_BUILD_EXAMPLES)
    add_subdirectory(report)
endif()

# Doxygen fails if a public name has no documentation, or if a reference is broken.
applivery_add_source_check(site ${CMAKE_COMMAND} --build ${PROJECT_BINARY_DIR} --target applivery_site)
