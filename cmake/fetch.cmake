# What is fetched where the machine has no package of it, pinned by commit. Declaring costs nothing.
include(FetchContent)

option(APPLIVERY_FETCH_DEPENDENCIES "Fetch header-only dependencies that are not installed" ${PROJECT_IS_TOP_LEVEL})

# As headers alone: their folders are taken and their projects never added, whatever CMake these would ask for.
function(applivery_declare_headers name repository commit)
    FetchContent_Declare(${name} GIT_REPOSITORY https://github.com/${repository}.git GIT_TAG ${commit}
        SOURCE_SUBDIR headers-alone)
endfunction()

function(applivery_declare_project name repository commit)
    FetchContent_Declare(${name} GIT_REPOSITORY https://github.com/${repository}.git GIT_TAG ${commit})
endfunction()

applivery_declare_headers(applivery_nlohmann nlohmann/json bc889afb4c5bf1c0d8ee29ef35eaaf4c8bef8a5d) # 3.11.2
applivery_declare_headers(applivery_cli11 CLIUtils/CLI11 70f8072f9dd2292fd0b9f9e5f58e279f60483ed3) # 2.1.2
applivery_declare_headers(applivery_fmt fmtlib/fmt a33701196adfad74917046096bf5a2aa0ab0bb50) # 9.1.0
applivery_declare_headers(applivery_httplib yhirose/cpp-httplib 7992b148969fbf8093230b37a6a36c2f61135937) # 0.11.4
applivery_declare_headers(applivery_utf8proc JuliaStrings/utf8proc 1cb28a66ca79a0845e99433fd1056257456cef8b) # 2.8.0
applivery_declare_project(applivery_googletest google/googletest 58d77fa8070e8cec2dc1ed015d66b454c8d78850) # 1.12.1
applivery_declare_project(applivery_benchmark google/benchmark d572f4777349d43653b21d6c2fc63020ab326db2) # 1.7.1

# applivery_fetch(<name as declared> <what people call it> <Debian's package> <variable that says where it is>)
macro(applivery_fetch name what package hint)
    if(NOT APPLIVERY_FETCH_DEPENDENCIES OR FETCHCONTENT_FULLY_DISCONNECTED)
        string(TOUPPER ${name} applivery_override)
        if(NOT DEFINED FETCHCONTENT_SOURCE_DIR_${applivery_override})
            message(FATAL_ERROR "applivery needs ${what}, and fetches nothing here. Install it (${package} on Debian), set ${hint} to where it is, or let it be fetched by APPLIVERY_FETCH_DEPENDENCIES=ON.")
        endif()
    endif()
    FetchContent_MakeAvailable(${name})
endmacro()
