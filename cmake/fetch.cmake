# Dependencies that are fetched if they are not installed, pinned by commit. A declaration fetches nothing.
include(FetchContent)

option(APPLIVERY_FETCH_DEPENDENCIES "Fetch dependencies that are not installed, except libcurl" ON)

# For header-only use: SOURCE_SUBDIR names no directory, so that the project and its CMake version do not matter.
macro(applivery_declare_headers name repository commit)
    applivery_declare_project(${name} ${repository} ${commit} SOURCE_SUBDIR headers-alone)
endmacro()

macro(applivery_declare_project name repository commit)
    set(${name}_repository https://github.com/${repository}.git)
    FetchContent_Declare(${name} GIT_REPOSITORY ${${name}_repository} GIT_TAG ${commit} ${ARGN})
endmacro()

applivery_declare_headers(applivery_nlohmann nlohmann/json bc889afb4c5bf1c0d8ee29ef35eaaf4c8bef8a5d) # 3.11.2
applivery_declare_headers(applivery_cli11 CLIUtils/CLI11 70f8072f9dd2292fd0b9f9e5f58e279f60483ed3) # 2.1.2
applivery_declare_headers(applivery_fmt fmtlib/fmt a33701196adfad74917046096bf5a2aa0ab0bb50) # 9.1.0
applivery_declare_headers(applivery_httplib yhirose/cpp-httplib 7992b148969fbf8093230b37a6a36c2f61135937) # 0.11.4
applivery_declare_headers(applivery_utf8proc JuliaStrings/utf8proc 1cb28a66ca79a0845e99433fd1056257456cef8b) # 2.8.0
applivery_declare_project(applivery_googletest google/googletest f8d7d77c06936315286eb55f8de22cd23c188571) # 1.14.0
applivery_declare_project(applivery_benchmark google/benchmark d572f4777349d43653b21d6c2fc63020ab326db2) # 1.7.1

# applivery_missing(<display name> <Debian package> <variable with its location> [<more of the cause>])
function(applivery_missing what package hint)
    message(FATAL_ERROR "applivery: configuration failed: ${what} was not found${ARGN}. "
        "Install it (Debian: ${package}), or set ${hint} to its location.")
endfunction()

# applivery_fetch(<declared name> <display name> <Debian package> <variable with its location>)
macro(applivery_fetch name what package hint)
    string(TOUPPER FETCHCONTENT_SOURCE_DIR_${name} applivery_override)
    if("${${applivery_override}}" STREQUAL "")
        applivery_allow_fetch(${name} "${what}" "${package}" ${hint})
    endif()
    FetchContent_MakeAvailable(${name})
endmacro()

# Fails with one message if fetching is impossible. FetchContent itself would try three times, or continue without.
function(applivery_allow_fetch name what package hint)
    if(NOT APPLIVERY_FETCH_DEPENDENCIES)
        applivery_missing("${what}" "${package}" ${hint} ", and APPLIVERY_FETCH_DEPENDENCIES is OFF")
    elseif(EXISTS ${FETCHCONTENT_BASE_DIR}/${name}-src)
        return() # fetched by an earlier configuration
    elseif(FETCHCONTENT_FULLY_DISCONNECTED)
        applivery_missing("${what}" "${package}" ${hint} ", and FETCHCONTENT_FULLY_DISCONNECTED is ON")
    endif()
    message(STATUS "applivery: fetching ${what} from ${${name}_repository}, because it is not installed "
        "(Debian: ${package})")
    find_program(GIT_EXECUTABLE git NO_CACHE)
    set(cause "git is not installed")
    set(failed TRUE)
    if(GIT_EXECUTABLE)
        execute_process(COMMAND ${GIT_EXECUTABLE} ls-remote ${${name}_repository} HEAD
            RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE cause ERROR_STRIP_TRAILING_WHITESPACE)
    endif()
    if(failed)
        applivery_missing("${what}" "${package}" ${hint} ", and fetching failed (${cause})")
    endif()
endfunction()
