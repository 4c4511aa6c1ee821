# cmake -P tests/check_posix.cmake: of the program, three files alone know POSIX: how wide the terminal is, which signals
# came, and how a file is made beside another with its rights. Of the library, none does but where the system has it.
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(program ${root}/src/program)
cmake_policy(SET CMP0057 NEW)
set(posix text/terminal.cpp signals.cpp text/output_file.cpp)
set(headers "#include <([a-z]+/)?[a-z]+\\.h>") # those of C++ have no suffix
set(names "timegm|_r\\(|setenv|sigset_t|sigaction|pthread_|mkstemp|_FILENO")

file(GLOB_RECURSE files RELATIVE ${program} ${program}/*.cpp ${program}/*.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${program}/${file} found REGEX "^ *(${headers})|[^A-Za-z_](${names})")
    list(FILTER found EXCLUDE REGEX "<(applivery|curl|fmt|nlohmann|CLI)/|<utf8proc\\.h>")
    if(found AND NOT file IN_LIST posix)
        message(SEND_ERROR "${file} is not to know POSIX: ${found}")
    elseif(NOT found AND file IN_LIST posix)
        message(SEND_ERROR "${file} knows no POSIX, and need not be listed in check_posix.cmake")
    endif()
endforeach()

file(GLOB_RECURSE files ${root}/src/library/*.cpp ${root}/src/library/*.hpp ${root}/include/*.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${file} found REGEX "^${headers}") # where it is indented, it stands in an #if
    list(FILTER found EXCLUDE REGEX "<(curl/|simdjson)")
    if(found)
        message(SEND_ERROR "${file} includes what not every system has: ${found}")
    endif()
endforeach()
