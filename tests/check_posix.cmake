# cmake -P tests/check_posix.cmake: checks where functions and headers are used that not every system has. In the program,
# only files whose names end with _posix or _windows use them. The library includes such headers only inside an #if.
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(program ${root}/src/program)
set(headers "#include <([a-z]+/)?[a-z]+\\.h>") # headers of C++ have no suffix
set(names "timegm|_r\\(|setenv|sigset_t|sigaction|pthread_|mkstemp|_FILENO")

file(GLOB_RECURSE files RELATIVE ${program} ${program}/*.cpp ${program}/*.hpp)
foreach(file IN LISTS files)
    file(STRINGS ${program}/${file} found REGEX "^ *(${headers})|[^A-Za-z_](${names})")
    list(FILTER found EXCLUDE REGEX "<(applivery|curl|fmt|nlohmann|CLI)/|<utf8proc\\.h>")
    if(found AND NOT file MATCHES "_(posix|windows)\\.cpp$")
        message(SEND_ERROR "${file} must not use functions or headers that not every system has: ${found}")
    elseif(NOT found AND file MATCHES "_(posix|windows)\\.cpp$")
        message(SEND_ERROR "${file} uses no function or header of one system. Rename the file.")
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
