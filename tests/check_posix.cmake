# cmake -P tests/check_posix.cmake: checks that only four files of the program use POSIX: for the width of the terminal,
# for signals, for input and output that may be non-blocking, and for a temporary file with the permissions of another
# file. The library includes headers of POSIX only inside an #if.
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(program ${root}/src/program)
cmake_policy(SET CMP0057 NEW)
set(posix text/terminal.cpp signals.cpp text/descriptor.cpp text/output_file.cpp)
set(headers "#include <([a-z]+/)?[a-z]+\\.h>") # headers of C++ have no suffix
set(names "timegm|_r\\(|setenv|sigset_t|sigaction|pthread_|mkstemp|_FILENO")

file(GLOB_RECURSE files RELATIVE ${program} ${program}/*.cpp ${program}/*.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${program}/${file} found REGEX "^ *(${headers})|[^A-Za-z_](${names})")
    list(FILTER found EXCLUDE REGEX "<(applivery|curl|fmt|nlohmann|CLI)/|<utf8proc\\.h>")
    if(found AND NOT file IN_LIST posix)
        message(SEND_ERROR "${file} must not use POSIX: ${found}")
    elseif(NOT found AND file IN_LIST posix)
        message(SEND_ERROR "${file} does not use POSIX. Remove it from the list in check_posix.cmake.")
    endif()
endforeach()

file(GLOB_RECURSE files ${root}/src/library/*.cpp ${root}/src/library/*.hpp ${root}/include/*.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${file} found REGEX "^${headers}") # an include in an #if is indented
    list(FILTER found EXCLUDE REGEX "<(curl/|simdjson)")
    if(found)
        message(SEND_ERROR "${file} includes headers that not every system has: ${found}")
    endif()
endforeach()
