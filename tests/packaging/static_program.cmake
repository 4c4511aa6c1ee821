# cmake -DPROGRAM=<applivery-builds> -P static_program.cmake: checks that the program needs no shared library except
# libcurl and the C library. Then runs the program, which must report that a host refuses the connection.
find_program(readelf readelf REQUIRED)
execute_process(COMMAND ${readelf} -d ${PROGRAM} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "\\(NEEDED\\)[^\n]*" needed "${dynamic}")
foreach(library IN LISTS needed)
    if(NOT library MATCHES "(libcurl[^ ]*|libc|libm|ld-linux[^ ]*)\\.so")
        message(SEND_ERROR "the program needs ${library}")
    endif()
endforeach()

set(ENV{APPLIVERY_APP_TOKEN} token)
set(ENV{APPLIVERY_BASE_URL} http://127.0.0.1:1) # no server listens there
execute_process(COMMAND ${PROGRAM} list RESULT_VARIABLE code ERROR_VARIABLE error OUTPUT_QUIET)
if(NOT code EQUAL 6)
    message(FATAL_ERROR "the program ended with exit code ${code}: ${error}")
endif()
