# Warnings are errors in our own builds. Vendored, only targets that were asked for by an option get here.
function(applivery_enable_warnings target)
    if(NOT MSVC)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
    endif()
endfunction()
