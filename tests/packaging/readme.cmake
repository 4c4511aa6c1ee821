# cmake -DSOURCE=<repository> -DWORK=<directory> -P readme.cmake: runs the README's commands that follow a line
# `<!-- run: packaging.readme -->`, in a copy of the sources, with WORK as the home directory. The commands install the
# library there and link a small program. Checks the size of the program, and runs it.
set(largest 600000)

file(READ ${SOURCE}/README.md readme)
string(REPLACE ";" "\\;" readme "${readme}")
string(REPLACE "[" "<" readme "${readme}") # brackets would join the elements of a list
string(REPLACE "]" ">" readme "${readme}")
string(REGEX MATCHALL "<!-- run: packaging.readme -->\n```sh\n[^`]*```" blocks "${readme}")
list(TRANSFORM blocks REPLACE ".*```sh\n([^`]*)```" "\\1")
list(LENGTH blocks count)
if(NOT count EQUAL 2)
    message(FATAL_ERROR "README.md has ${count} blocks of commands for this test instead of 2.")
endif()
list(JOIN blocks "" commands)

file(REMOVE_RECURSE ${WORK})
set(sources ${WORK}/sources)
foreach(entry CMakeLists.txt LICENSE cmake examples include src)
    file(COPY ${SOURCE}/${entry} DESTINATION ${sources})
endforeach()
set(ENV{HOME} ${WORK})
execute_process(COMMAND sh -exc "${commands}" WORKING_DIRECTORY ${sources} COMMAND_ERROR_IS_FATAL ANY)

file(SIZE ${sources}/lister size)
if(size GREATER largest)
    message(FATAL_ERROR "the small program has ${size} bytes, which is more than ${largest}")
endif()
set(ENV{APPLIVERY_BASE_URL} http://127.0.0.1:1) # no server listens there
set(ENV{APPLIVERY_APP_TOKEN} token)
execute_process(COMMAND ${sources}/lister RESULT_VARIABLE code ERROR_VARIABLE error)
if(NOT code EQUAL 1 OR NOT error MATCHES "^connection: ")
    message(FATAL_ERROR "the small program ended with exit code ${code}: ${error}")
endif()
