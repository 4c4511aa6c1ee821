# cmake -P tests/check_documentation.cmake: checks README.md and the pages of the guide and of .github.
# - A block of code after a line `<!-- file: PATH -->` is the whole file PATH.
# - A block after `<!-- snippet: NAME -->` is the text between the two lines that end with `[NAME]` in
#   examples/guide/snippets.cpp; after `<!-- snippet: NAME, PATH -->`, in the file PATH. The block is not indented.
# - Each block of C++ or CMake follows a marker.
# - Pages contain no commands of Doxygen, because a forge shows these as text.
# - The file of each relative link exists.
# - README.md names each package that cmake/demo.cmake and cmake/test.cmake install.
# `cmake -DUPDATE=ON -P tests/check_documentation.cmake` rewrites the blocks.
cmake_minimum_required(VERSION 3.21)
get_filename_component(root ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# Sets `result` to the text between the first two lines of the file that end with `[name]`. Removes the indentation of the
# first line from all lines.
function(read_snippet result path name)
    file(READ ${root}/${path} text)
    string(APPEND text "\n")
    foreach(mark first second)
        string(FIND "${text}" " [${name}]\n" start) # code can contain the same brackets
        if(start EQUAL -1)
            message(FATAL_ERROR "${path} does not contain the snippet ${name} between two marks.")
        endif()
        string(SUBSTRING "${text}" 0 ${start} snippet)
        string(SUBSTRING "${text}" ${start} -1 text)
        string(FIND "${text}" "\n" end)
        string(SUBSTRING "${text}" ${end} -1 text)
    endforeach()
    string(REGEX REPLACE "\n[^\n]*$" "\n" snippet "${snippet}") # the start of the line of the second mark
    string(REGEX MATCH "^\n *" indentation "${snippet}")
    string(REPLACE "${indentation}" "\n" snippet "${snippet}")
    string(SUBSTRING "${snippet}" 1 -1 snippet)
    set(${result} "${snippet}" PARENT_SCOPE)
endfunction()

# Sets `result` to the text for a marker: a snippet or a whole file.
function(read_marked result kind name)
    if(kind STREQUAL "snippet")
        set(path examples/guide/snippets.cpp)
        if(name MATCHES "^(.*), (.*)$")
            set(name ${CMAKE_MATCH_1})
            set(path ${CMAKE_MATCH_2})
        endif()
        read_snippet(text ${path} ${name})
    else()
        file(READ ${root}/${name} text)
    endif()
    set(${result} "${text}" PARENT_SCOPE)
endfunction()

# Compares the blocks of a page with the texts of their markers, or replaces the blocks.
function(check_blocks page)
    file(READ ${root}/${page} rest)
    string(REGEX MATCHALL "<!-- (file|snippet): |\n```(cpp|cmake)\n" parts "${rest}")
    list(JOIN parts "" parts)
    if(NOT parts MATCHES "^(<!-- (file|snippet): (\n```(cpp|cmake)\n)?)*$")
        message(SEND_ERROR "${page}: a block of code does not follow a marker.")
    endif()
    set(original "${rest}")
    set(updated "")
    while(rest MATCHES "<!-- (file|snippet): ([^\n]*) -->\n```[a-z]+\n")
        read_marked(expected ${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
        set(marker "${CMAKE_MATCH_1} ${CMAKE_MATCH_2}")
        string(FIND "${rest}" "${CMAKE_MATCH_0}" start)
        string(LENGTH "${CMAKE_MATCH_0}" length)
        math(EXPR start "${start} + ${length}")
        string(SUBSTRING "${rest}" 0 ${start} before)
        string(SUBSTRING "${rest}" ${start} -1 rest)
        string(FIND "\n${rest}" "\n```\n" end)
        string(SUBSTRING "${rest}" 0 ${end} block)
        string(SUBSTRING "${rest}" ${end} -1 rest)
        string(APPEND updated "${before}${expected}")
        if(NOT UPDATE AND NOT block STREQUAL expected)
            message(SEND_ERROR "${page}: the block is not the ${marker}. Run: "
                "cmake -DUPDATE=ON -P tests/check_documentation.cmake")
        endif()
    endwhile()
    string(APPEND updated "${rest}")
    if(UPDATE AND NOT updated STREQUAL original)
        file(WRITE ${root}/${page} "${updated}")
    endif()
endfunction()

function(check_text page)
    file(READ ${root}/${page} text)
    if(text MATCHES "@(ref|page|subpage|include|snippet|snippetdoc)[^a-z]|{#|\\[TOC\\]")
        message(SEND_ERROR "${page} contains a command of Doxygen: ${CMAKE_MATCH_0}")
    endif()
    string(REGEX REPLACE "```[^`]*```" "" text "${text}") # code
    string(REPLACE "](" "<(" text "${text}") # brackets would join the elements of the list
    string(REGEX REPLACE "[][;]" "" text "${text}")
    string(REGEX MATCHALL "<\\([^) ]+\\)" links "${text}")
    get_filename_component(folder ${root}/${page} DIRECTORY)
    foreach(link IN LISTS links)
        string(REGEX REPLACE "^<\\(|\\)$" "" link "${link}")
        if(NOT link MATCHES "^https?:" AND NOT EXISTS ${folder}/${link})
            message(SEND_ERROR "${page}: the file of the link ${link} does not exist.")
        endif()
    endforeach()
endfunction()

file(GLOB pages RELATIVE ${root} ${root}/README.md ${root}/examples/guide/*.md ${root}/.github/*.md)
foreach(page IN LISTS pages)
    check_blocks(${page})
    check_text(${page})
endforeach()

include(${root}/cmake/setup.cmake)
file(READ ${root}/README.md readme)
foreach(entry IN LISTS applivery_demo_packages applivery_test_packages applivery_test_daemons applivery_all_test_packages
        applivery_all_test_daemons)
    string(REGEX REPLACE ":.*" "" package "${entry}")
    string(FIND "${readme}" "`${package}`" found)
    if(found EQUAL -1)
        message(SEND_ERROR "README.md does not name the package ${package}.")
    endif()
endforeach()
