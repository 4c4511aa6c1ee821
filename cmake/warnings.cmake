# Warnings are errors in our own builds. Vendored, only targets that were asked for by an option get here.
function(applivery_enable_warnings target)
    if(NOT MSVC)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
    endif()
endfunction()

# A parent's flags reach the sources that it vendors, and with them warnings that it turned on for its own.
function(applivery_disable_warnings target)
    target_compile_options(${target} PRIVATE $<IF:$<CXX_COMPILER_ID:MSVC>,/w,-w>)
endfunction()
