# cmake -P cmake/demo.cmake: installs missing packages, builds the demonstration and runs it. The demonstration lists the
# builds of a mock of the service on loopback. If APPLIVERY_APP_TOKEN or the variables of a service account are set, it
# lists your builds. Then it writes a report of these builds to build/test/applivery-report.html.
include(${CMAKE_CURRENT_LIST_DIR}/setup.cmake)

applivery_install_missing(${applivery_demo_packages})
applivery_build(test applivery-demo -DAPPLIVERY_BUILD_TESTS=OFF) # cmake/test.cmake continues with these objects

execute_process(COMMAND ${applivery_root}/build/test/examples/applivery-demo RESULT_VARIABLE code
    WORKING_DIRECTORY ${applivery_root}/build/test)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "applivery: the demonstration failed: exit code ${code}. Its messages are above.")
endif()
