# cmake -P cmake/demo.cmake: sets up what is missing, builds, and lists builds: those of a mock of the service that the
# program runs on loopback, or your own where APPLIVERY_APP_TOKEN or the service account's variables are set. It ends with
# a report of them, which it writes to build/demo/applivery-report.html.
include(${CMAKE_CURRENT_LIST_DIR}/setup.cmake)

applivery_install_missing()
applivery_build(demo demo)

execute_process(COMMAND ${applivery_root}/build/demo/examples/applivery-demo RESULT_VARIABLE code
    WORKING_DIRECTORY ${applivery_root}/build/demo)
if(NOT code EQUAL 0)
    message(FATAL_ERROR "applivery: the demonstration ended with exit code ${code}.")
endif()
