# Warnings are errors in our own checks alone: another compiler has others, and whoever builds this must not fail on them.
option(APPLIVERY_WARNINGS_AS_ERRORS "Let the build fail on a warning" $ENV{APPLIVERY_WARNINGS_AS_ERRORS})
mark_as_advanced(APPLIVERY_WARNINGS_AS_ERRORS)

# In a unit of several files, names of one file shadow those of another, and g++ takes the files for headers.
function(applivery_enable_warnings target)
    if(NOT MSVC)
        set(is_unity $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
        target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion
            $<$<NOT:${is_unity}>:-Wshadow> $<$<AND:${is_unity},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
            $<$<BOOL:${APPLIVERY_WARNINGS_AS_ERRORS}>:-Werror>)
    endif()
endfunction()

# A parent's flags reach the sources that it vendors, and with them warnings that it turned on for its own.
function(applivery_disable_warnings target)
    target_compile_options(${target} PRIVATE $<IF:$<CXX_COMPILER_ID:MSVC>,/w,-w>)
endfunction()
